(module
  (import "$root" "[waitable-set-wait]" (func (param i32 i32) (result i32))))
