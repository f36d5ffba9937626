;; Says "Ada" in UTF-16, whatever its component-type section says of it.
(module
  (memory (export "memory") 1)
  (data (i32.const 16) "\20\00\00\00\03\00\00\00")
  (data (i32.const 32) "A\00d\00a\00")
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    i32.const 1024)
  (func (export "demo:hello/greeter#greet") (param i32 i32 i32) (result i32)
    i32.const 16))
