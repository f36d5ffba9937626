(module
  (memory (export "memory") 1)
  (func $r (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (i32.rotl (call $r (local.get 0) (local.get 1) (local.get 2) (local.get 3)) (i32.const 1)))
  (func (export "sum") (param i32 i32) (result i64) i64.const 1))
