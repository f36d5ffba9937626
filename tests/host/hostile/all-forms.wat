;; a function that is there in every form
(module
  (import "[export]$root" "[task-return]work" (func $return (param i32)))
  (memory (export "memory") 1)
  (func (export "work") (param i32) (result i32) unreachable)
  (func (export "[async-lift-stackful]work") (param i32) unreachable)
  (func (export "[async-lift]work") (param i32) (result i32) (call $return (i32.const 4)) (i32.const 0))
  (func (export "[callback][async-lift]work") (param i32 i32 i32) (result i32) (i32.const 1)))
