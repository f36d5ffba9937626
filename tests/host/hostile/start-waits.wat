(module
  (import "$root" "[waitable-set-new]" (func $set (result i32)))
  (import "$root" "[waitable-set-wait]" (func $wait (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (start $start)
  (func $start (drop (call $wait (call $set) (i32.const 0)))))
