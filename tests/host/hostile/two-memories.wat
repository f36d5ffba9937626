;; more memory than one guest's
(module (memory (export "memory") 1) (memory 1))
