;; a name of the world with a type that no world has
(module (memory (export "memory") 1) (func (export "sum") (param v128 i32) (result i64) i64.const 1))
