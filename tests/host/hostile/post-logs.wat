(module
  (import "$root" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)
  (func (export "cabi_post_sum") (param i64) (call $log (i32.const 0) (i32.const 5)))
  (func (export "sum") (param i32 i32) (result i64) i64.const 1))
