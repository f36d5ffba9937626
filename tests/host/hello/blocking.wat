;; A stackful guest: greet waits on its own stack and gives the name back. Milliseconds 666 trap after the wait.
(module
  (import "demo:hello/timer" "wait" (func $wait (param i32)))
  (import "[export]demo:hello/greeter" "[task-return]greet" (func $return (param i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    global.get $top
    global.get $top
    local.get 3
    i32.add
    global.set $top)
  (func (export "[async-lift-stackful]demo:hello/greeter#greet") (param i32 i32 i32)
    local.get 2
    call $wait
    local.get 2
    i32.const 666
    i32.eq
    if
      unreachable
    end
    local.get 0
    local.get 1
    call $return))
