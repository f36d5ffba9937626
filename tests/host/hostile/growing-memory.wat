;; memory of no pages that grows with each call of realloc
(module
  (memory (export "memory") 0)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
  (func (export "join") (param i32 i32) (result i32) i32.const 0)
  (func (export "sum") (param i32 i32) (result i64) (i64.add (i64.load (local.get 0)) (i64.load offset=8 (local.get 0)))))
