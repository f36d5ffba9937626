(module (memory (export "memory") 1) (start 0) (func unreachable))
