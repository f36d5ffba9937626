(module
  (import "$root" "[thread-yield]" (func $yield (result i32)))
  (memory (export "memory") 1)
  
  (func (export "_initialize") (drop (call $yield))))
