;; keeps to the rules: what must go on working beside all the others
(module
  (import "[export]$root" "[task-return]work" (func $return (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 2048)
  (func (export "sum") (param i32 i32) (result i64)
    (i64.add (i64.load (local.get 0)) (i64.load offset=8 (local.get 0))))
  (func (export "[async-lift]work") (param i32) (result i32) (call $return (i32.mul (local.get 0) (i32.const 2))) (i32.const 0))
  (func (export "[callback][async-lift]work") (param i32 i32 i32) (result i32) unreachable))
