(module (memory (export "memory") 1) (table (export "t") 4294967295 funcref))
