;; an async lift that waits but has no callback
(module
  (import "[export]$root" "[task-return]work" (func $return (param i32)))
  (memory (export "memory") 1)
  (func (export "[async-lift]work") (param i32) (result i32) (i32.const 1)))
