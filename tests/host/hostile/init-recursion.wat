;; ends on the stack limit, before there is an instance; rotates, so that no compiler makes a loop of it
(module
  (memory (export "memory") 1)
  (func $deeper (param i32) (result i32) (i32.rotl (call $deeper (local.get 0)) (i32.const 1)))
  (func (export "_initialize") (i32.store (i32.const 0) (call $deeper (i32.const 0)))))
