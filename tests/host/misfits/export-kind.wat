(module
  (global (export "demo:hello/greeter#greet") i32 (i32.const 0)))
