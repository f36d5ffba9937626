;; calls imports before there are instance and memory
(module
  (import "$root" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "early")
  
  (func (export "_initialize") (call $log (i32.const 0) (i32.const 5))))
