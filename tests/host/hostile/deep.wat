;; goes as deep as it is told before it calls the host, which may call the next guest from there
(module
  (import "$root" "log" (func $log (param i32 i32)))
  (import "$root" "[async-lower]fetch" (func $fetch (param i32 i32) (result i32)))
  (import "[export]$root" "[task-return]work" (func $return (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
  ;; rotates, so that no compiler makes a loop of it
  (func $deeper (param $left i32) (param $async i32) (result i32)
    (if (i32.eqz (local.get $left))
      (then
        (if (local.get $async)
          (then (drop (call $fetch (local.get $left) (i32.const 32))))
          (else (call $log (i32.const 0) (i32.const 0))))
        (return (i32.const 0))))
    (i32.rotl (call $deeper (i32.sub (local.get $left) (i32.const 1)) (local.get $async)) (local.get $left)))
  ;; as deep as there are numbers
  (func (export "sum") (param i32 i32) (result i64)
    (i64.extend_i32_u (call $deeper (local.get 1) (i32.const 0))))
  (func (export "[async-lift]work") (param i32) (result i32)
    (call $return (call $deeper (local.get 0) (i32.const 1)))
    (i32.const 0))
  (func (export "[callback][async-lift]work") (param i32 i32 i32) (result i32) unreachable))
