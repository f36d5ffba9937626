;; A guest that does what it is told: each export passes its arguments to the intrinsic that the first one names (see
;; stream_host.h). So the tests are in C, and every operation is one that guest code made.
(module
  (import "streams" "call" (func $call (param i32 i32 i32 i32 i32) (result i64)))
  (import "streams" "block" (func $block (param i32 i32 i32 i32 i32) (result i64)))
  (import "streams" "return" (func $return (param i64)))
  (memory (export "memory") 2)
  (global $top (mut i32) (i32.const 65536))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    global.get $top
    local.get 2
    i32.add
    i32.const 1
    i32.sub
    i32.const 0
    local.get 2
    i32.sub
    i32.and
    global.set $top
    global.get $top
    global.get $top
    local.get 3
    i32.add
    global.set $top)
  (func (export "op") (param i32 i32 i32 i32 i32) (result i64)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    local.get 4
    call $call)
  ;; writes 64 bytes again and again, as long as all of them are taken
  (func (export "pump") (param $end i32) (param $times i32) (result i64)
    (local $result i64)
    loop $again
      i32.const 2
      i32.const 0
      local.get $end
      i32.const 1024
      i32.const 64
      call $call
      local.tee $result
      i64.const 1024
      i64.eq
      if
        local.get $times
        i32.const 1
        i32.sub
        local.tee $times
        br_if $again
      end
    end
    local.get $result)
  (func (export "[async-lift-stackful]op") (param i32 i32 i32 i32 i32)
    local.get 0
    local.get 1
    local.get 2
    local.get 3
    local.get 4
    call $block
    call $return))
