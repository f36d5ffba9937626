(module
  (memory (export "memory") 1)
  (global (export "cabi_realloc") i32 i32.const 0)
  (func (export "sum") (param i32 i32) (result i64) i64.const 1))
