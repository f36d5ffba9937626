;; memory of no pages, and a realloc that returns NULL
(module
  (memory (export "memory") 0)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 0)
  (func (export "join") (param i32 i32) (result i32) i32.const 0)
  (func (export "sum") (param i32 i32) (result i64) i64.const 0))
