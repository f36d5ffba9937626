(module
  (memory (export "memory") 1 1 shared)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)
  (func (export "sum") (param i32 i32) (result i64) i64.const 1))
