(module
  (import "$root" "[thread-yield]" (func $yield (result i32)))
  (memory (export "memory") 1)
  (start $start)
  (func $start (drop (call $yield))))
