(module
  (memory (export "memory") 1)
  (func (export "[async-lift]demo:hello/greeter#greet") (param i32 i32 i32) (result i32) unreachable)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable))
