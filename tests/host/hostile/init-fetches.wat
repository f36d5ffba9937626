(module
  (import "$root" "fetch" (func $fetch (param i32) (result i32)))
  (memory (export "memory") 1)
  
  (func (export "_initialize") (drop (call $fetch (i32.const 1)))))
