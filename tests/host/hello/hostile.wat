;; Greet does as the milliseconds say: 666 unreachable, 667 drops a handle that is not there, 668 spins, 669 and 670 let memory
;; grow and return 3 bytes in, and beyond the new end of it; else answers.
(module
  (import "[export]demo:hello/greeter" "[task-return]greet" (func $return (param i32 i32)))
  (import "$root" "[subtask-drop]" (func $drop (param i32)))
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 1024)
  (func (export "[callback][async-lift]demo:hello/greeter#greet") (param i32 i32 i32) (result i32) i32.const 0)
  (func (export "[async-lift]demo:hello/greeter#greet") (param i32 i32 i32) (result i32)
    (if (i32.eq (local.get 2) (i32.const 666)) (then unreachable))
    (if (i32.eq (local.get 2) (i32.const 667)) (then (call $drop (i32.const 99))))
    (if (i32.eq (local.get 2) (i32.const 668)) (then (loop $forever br $forever)))
    (if (i32.eq (i32.or (local.get 2) (i32.const 3)) (i32.const 671)) (then
      (drop (memory.grow (i32.const 1)))
      (i32.store (i32.const 65536) (i32.const 0x776172)) ;; "raw"
      (call $return (select (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 2)) (i32.const 65536)
                            (i32.eq (local.get 2) (i32.const 670))) (i32.const 3))
      (return (i32.const 0))))
    (call $return (local.get 0) (local.get 1))
    i32.const 0))
