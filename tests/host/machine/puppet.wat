;; A puppet: it asks the host what to do next and does that. So a test in C can make a guest call any built-in with any
;; argument at any time. Context slot 0 says which actor a thread is.
(module
  (import "host" "ask" (func $ask (param i32 i32 i32)))
  (import "host" "tell" (func $tell (param i32 i32 i32 i32)))
  (import "$root" "[context-get-0]" (func $who (result i32)))
  (import "$root" "[context-set-0]" (func $be (param i32)))
  (import "[export]$root" "[task-return]cb" (func $RETURN_CB (param i32)))
  (import "[export]$root" "[task-return]st" (func $RETURN_ST (param i32)))
  (import "[export]$root" "[task-return]none" (func $RETURN_NONE))
  (import "[export]$root" "[task-cancel]" (func $TASK_CANCEL))
  (import "$root" "[subtask-drop]" (func $SUBTASK_DROP (param i32)))
  (import "$root" "[subtask-cancel]" (func $SUBTASK_CANCEL (param i32) (result i32)))
  (import "$root" "[async-lower][subtask-cancel]" (func $SUBTASK_CANCEL_ASYNC (param i32) (result i32)))
  (import "$root" "[waitable-set-new]" (func $SET_NEW (result i32)))
  (import "$root" "[waitable-set-wait]" (func $SET_WAIT (param i32 i32) (result i32)))
  (import "$root" "[waitable-set-poll]" (func $SET_POLL (param i32 i32) (result i32)))
  (import "$root" "[waitable-set-drop]" (func $SET_DROP (param i32)))
  (import "$root" "[waitable-join]" (func $JOIN (param i32 i32)))
  (import "$root" "[backpressure-inc]" (func $INC))
  (import "$root" "[backpressure-dec]" (func $DEC))
  (import "host" "later" (func $LATER (param i32) (result i32)))
  (import "host" "[async-lower]later" (func $LATER_ASYNC (param i32 i32) (result i32)))
  (import "$root" "[thread-yield]" (func $YIELD (result i32)))
  (import "$root" "[thread-index]" (func $INDEX (result i32)))
  (import "$root" "[thread-suspend]" (func $SUSPEND (result i32)))
  (import "$root" "[thread-new-indirect-v0]" (func $THREAD_NEW (param i32 i32) (result i32)))
  (import "$root" "[thread-resume-later]" (func $RESUME_LATER (param i32)))
  (import "$root" "[thread-suspend-then-resume]" (func $SUSPEND_THEN_RESUME (param i32) (result i32)))
  (import "$root" "[thread-yield-then-resume]" (func $YIELD_THEN_RESUME (param i32) (result i32)))
  (import "$root" "[thread-suspend-then-promote]" (func $SUSPEND_THEN_PROMOTE (param i32) (result i32)))
  (import "$root" "[thread-yield-then-promote]" (func $YIELD_THEN_PROMOTE (param i32) (result i32)))
  (import "$root" "[thread-get-task]" (func $GET_TASK (result i32)))
  (import "$root" "[thread-set-task]" (func $SET_TASK (param i32)))
  (import "$root" "[task-drop]" (func $TASK_DROP (param i32)))
  (import "$root" "[context-get-1]" (func $CONTEXT_GET (result i32)))
  (import "$root" "[context-set-1]" (func $CONTEXT_SET (param i32)))
  (import "[export]things" "[resource-new]thing" (func $THING_NEW (param i32) (result i32)))
  (import "[export]things" "[resource-drop]thing" (func $THING_DROP (param i32)))
  (memory (export "memory") 1)
  (table (export "__indirect_function_table") 2 funcref)
  (elem (i32.const 1) $start)
  (global $top (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func $deep (result i32)
    i32.const 0
    i32.load
    i32.eqz
    if
      call $deep
      drop
    end
    global.get $top
    i32.const 1
    i32.add
    global.set $top
    global.get $top)
  ;; op, a and b are at 16: read before anybody else asks.
  (func $play (param $me i32) (result i32)
    (local $result i32) (local $a i32) (local $b i32)
    loop $next
      block $B_THING_DROP
      block $B_THING_NEW
      block $B_DEEP
      block $B_UNREACHABLE
      block $B_CONTEXT_SET
      block $B_CONTEXT_GET
      block $B_TASK_DROP
      block $B_SET_TASK
      block $B_GET_TASK
      block $B_YIELD_THEN_PROMOTE
      block $B_SUSPEND_THEN_PROMOTE
      block $B_YIELD_THEN_RESUME
      block $B_SUSPEND_THEN_RESUME
      block $B_RESUME_LATER
      block $B_THREAD_NEW
      block $B_SUSPEND
      block $B_INDEX
      block $B_YIELD
      block $B_LATER_ASYNC
      block $B_LATER
      block $B_DEC
      block $B_INC
      block $B_JOIN
      block $B_SET_DROP
      block $B_SET_POLL
      block $B_SET_WAIT
      block $B_SET_NEW
      block $B_SUBTASK_CANCEL_ASYNC
      block $B_SUBTASK_CANCEL
      block $B_SUBTASK_DROP
      block $B_TASK_CANCEL
      block $B_RETURN_NONE
      block $B_RETURN_ST
      block $B_RETURN_CB
      block $B_EXIT
      local.get $me
      local.get $result
      i32.const 16
      call $ask
      i32.const 20
      i32.load
      local.set $a
      i32.const 24
      i32.load
      local.set $b
      i32.const 0
      local.set $result
      i32.const 16
      i32.load
      br_table $B_EXIT $B_RETURN_CB $B_RETURN_ST $B_RETURN_NONE $B_TASK_CANCEL $B_SUBTASK_DROP $B_SUBTASK_CANCEL $B_SUBTASK_CANCEL_ASYNC $B_SET_NEW $B_SET_WAIT $B_SET_POLL $B_SET_DROP $B_JOIN $B_INC $B_DEC $B_LATER $B_LATER_ASYNC $B_YIELD $B_INDEX $B_SUSPEND $B_THREAD_NEW $B_RESUME_LATER $B_SUSPEND_THEN_RESUME $B_YIELD_THEN_RESUME $B_SUSPEND_THEN_PROMOTE $B_YIELD_THEN_PROMOTE $B_GET_TASK $B_SET_TASK $B_TASK_DROP $B_CONTEXT_GET $B_CONTEXT_SET $B_UNREACHABLE $B_DEEP $B_THING_NEW $B_THING_DROP $B_UNREACHABLE
      end
      local.get $a
      return
      end
      local.get $a
      call $RETURN_CB
      br $next
      end
      local.get $a
      call $RETURN_ST
      br $next
      end
      call $RETURN_NONE
      br $next
      end
      call $TASK_CANCEL
      br $next
      end
      local.get $a
      call $SUBTASK_DROP
      br $next
      end
      local.get $a
      call $SUBTASK_CANCEL
      local.set $result
      br $next
      end
      local.get $a
      call $SUBTASK_CANCEL_ASYNC
      local.set $result
      br $next
      end
      call $SET_NEW
      local.set $result
      br $next
      end
      local.get $a
      local.get $b
      call $SET_WAIT
      local.set $result
      br $next
      end
      local.get $a
      local.get $b
      call $SET_POLL
      local.set $result
      br $next
      end
      local.get $a
      call $SET_DROP
      br $next
      end
      local.get $a
      local.get $b
      call $JOIN
      br $next
      end
      call $INC
      br $next
      end
      call $DEC
      br $next
      end
      local.get $a
      call $LATER
      local.set $result
      br $next
      end
      local.get $a
      local.get $b
      call $LATER_ASYNC
      local.set $result
      br $next
      end
      call $YIELD
      local.set $result
      br $next
      end
      call $INDEX
      local.set $result
      br $next
      end
      call $SUSPEND
      local.set $result
      br $next
      end
      local.get $a
      local.get $b
      call $THREAD_NEW
      local.set $result
      br $next
      end
      local.get $a
      call $RESUME_LATER
      br $next
      end
      local.get $a
      call $SUSPEND_THEN_RESUME
      local.set $result
      br $next
      end
      local.get $a
      call $YIELD_THEN_RESUME
      local.set $result
      br $next
      end
      local.get $a
      call $SUSPEND_THEN_PROMOTE
      local.set $result
      br $next
      end
      local.get $a
      call $YIELD_THEN_PROMOTE
      local.set $result
      br $next
      end
      call $GET_TASK
      local.set $result
      br $next
      end
      local.get $a
      call $SET_TASK
      br $next
      end
      local.get $a
      call $TASK_DROP
      br $next
      end
      call $CONTEXT_GET
      local.set $result
      br $next
      end
      local.get $a
      call $CONTEXT_SET
      br $next
      end
      unreachable
      end
      call $deep
      local.set $result
      br $next
      end
      local.get $a
      call $THING_NEW
      local.set $result
      br $next
      end
      local.get $a
      call $THING_DROP
      br $next
    end
    unreachable)
  (func $begin (param $me i32) (result i32)
    local.get $me
    call $be
    local.get $me
    call $play)
  (func $start (param $me i32)
    local.get $me
    call $begin
    drop)
  (func (export "[async-lift]cb") (param i32) (result i32) local.get 0 call $begin)
  (func $callback (export "[callback][async-lift]cb") (param i32 i32 i32) (result i32)
    call $who
    local.get 0
    local.get 1
    local.get 2
    call $tell
    call $who
    call $play)
  (func (export "[async-lift]none") (param i32) (result i32) local.get 0 call $begin)
  (func (export "[callback][async-lift]none") (param i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    local.get 2
    call $callback)
  (func (export "things#[dtor]thing") (param i32) local.get 0 call $start)
  (func (export "[async-lift-stackful]st") (param i32) local.get 0 call $start)
  (func (export "sl") (param i32) (result i32) local.get 0 call $begin)
  (func (export "sy") (param i32) (result i32) local.get 0 call $begin))
