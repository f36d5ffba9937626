(module (import "$root" "log" (func (param i64))) (memory (export "memory") 1))
