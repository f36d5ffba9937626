;; vectors among itself are its own affair
(module
  (memory (export "memory") 1)
  (func $double (param v128) (result v128) (i64x2.add (local.get 0) (local.get 0)))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)
  (func (export "sum") (param i32 i32) (result i64)
    (i64x2.extract_lane 0 (call $double (v128.load (local.get 0))))))
