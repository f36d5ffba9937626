;; as much memory as there can be
(module
  (memory (export "memory") 65536)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const -8)
  (func (export "sum") (param i32 i32) (result i64) i64.const 1))
