(module
  (func (export "memory")))
