;; handles, sets, contexts, task.return before there is a task
(module
  (import "things" "[constructor]thing" (func $thing (param i32) (result i32)))
  (import "$root" "[waitable-set-new]" (func $set (result i32)))
  (import "$root" "[context-set-0]" (func $context (param i32)))
  (import "$root" "[backpressure-inc]" (func $inc))
  (import "[export]$root" "[task-return]work" (func $return (param i32)))
  (memory (export "memory") 1)
  (start $start)
  (func $start (drop (call $thing (i32.const 1))) (drop (call $set)) (call $context (i32.const 1)) (call $inc) (call $return (i32.const 1))))
