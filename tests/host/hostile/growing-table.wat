;; asks for a table that would fill the host's memory; it may know that it has not got it
(module
  (memory (export "memory") 1)
  (table $t 1 funcref)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)
  (func (export "sum") (param i32 i32) (result i64)
    (if (i32.ne (table.grow $t (ref.null func) (i32.const 400000000)) (i32.const -1)) (then unreachable))
    i64.const 0))
