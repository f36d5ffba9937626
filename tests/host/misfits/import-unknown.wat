(module
  (import "demo:hello/timer" "[async-lower]sleep" (func (param i32))))
