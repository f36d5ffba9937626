(module
  (import "demo:hello/timer" "wait" (func (param i64) (result f32))))
