/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What was forgotten, and who waits for what, with file and line.
 *
 *   #include <witguest/go.h>
 *   #include <witguest/debug.h>                after the other headers of the library
 *   ...
 *   witguest_debug_report(print_line, NULL);   whenever you like: at the end of a drain, or when the host says that nothing moves
 *
 * Compile with -DWITGUEST_DEBUG and link libwitguest-debug.a before libwitguest-MODE.a: then the functions named below are macros
 * that note where they were called. Without it this header is empty but for what costs nothing: the same code comes out, byte for
 * byte.
 *
 * All of the code that shares a capture is compiled one way or the other: a capture is a record of its own here. It may still be
 * cast to a witguest_task for the functions of task.h, but is not equal to one. A function whose address is taken is not noted.
 *
 * Borrows that your exports are given, and memory that the host places here (results of imports, parameters of exports, elements of
 * streams), come from the glue of `witgen --debug-hooks`: compile it with -DWITGUEST_DEBUG too, and link with
 * -Wl,--wrap=free,--wrap=realloc, so that it is seen what becomes of memory. A cabi_realloc of your own is not seen. With glue from
 * elsewhere, note them by hand: WITGUEST_DEBUG_BORROW and the macros after it.
 *
 * Nothing is printed unless you ask.
 */
#ifndef WITGUEST_DEBUG_H
#define WITGUEST_DEBUG_H

#include <witguest/go.h>

/* line: lent, without a line feed. */
typedef void (*witguest_debug_print)(void *user, const char *line);

#ifdef WITGUEST_DEBUG

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Prints a line for each of these, and returns how many. Tasks are numbered from 1 in each report:
 *
 *   capture never released          captured at
 *   work under a foreign task       affine mode: a scope for a task whose callback is not the running one: imports in it are charged
 *                                   to the wrong task; use witguest_run_for. Since the last report, 32 at most.
 *   scope never left                entered at
 *   waits for                       a subtask, a stream or future, a channel, a select, a wait group, a sleep. Timers are not told: they come.
 *   borrow not dropped              by the resource's WIT name; file and line of the parameter in the WIT
 *   result not freed                by the import's WIT name; file and line of the call. Also one that a cancelled call left.
 *   parameter not freed             by the export's WIT name; file and line of the function in the WIT
 *   element of a stream or future not freed, memory from the host not freed    which came before an event, or in a blocking wait
 *   deadlock                        first, if somebody waits and neither the host nor queued work can wake them: only a new call can
 */
size_t witguest_debug_report(witguest_debug_print print, void *user);

/*
 * From now on, a line like these at once for each borrow that has not been dropped when its call returns: the host traps then, and
 * no report comes after that. print: called inside the export, before it returns or inside its `_return` function; NULL: none.
 * An async call is known by its task: it must have come by witguest_loop_start or witguest_export_enter.
 */
void witguest_debug_print_with(witguest_debug_print print, void *user);

/* What the glue of --debug-hooks calls. WIT names and files are kept, so they are literals. */
void witguest_debug_site(const char *file, int line); /* of the next call, from the header's macros */
void witguest_debug_call(const char *wit_name);
void witguest_debug_returned(void);
uint32_t witguest_debug_subtask(const char *wit_name, uint32_t status, const void *result, size_t size); /* gives status */
void witguest_debug_allocated(void *block, size_t size);
void witguest_debug_event(void);
unsigned witguest_debug_entered(const char *wit_name, const char *file, int line); /* file: may be NULL */
void witguest_debug_borrowed(unsigned call, int32_t handle, const char *wit_name, const char *file, int line);
void witguest_debug_dropped(int32_t handle);
void witguest_debug_leaving(unsigned call); /* a sync call: its borrows are over */
void witguest_debug_left(unsigned call);
void witguest_debug_task_returning(void);

/* What the macros call. */
witguest_capture_t witguest_debug_capture(const char *file, int line);
void witguest_debug_release(witguest_capture_t capture);
witguest_scope witguest_debug_enter(witguest_capture_t capture, const char *file, int line);
void witguest_debug_leave(witguest_scope scope);
/* A task that may be a capture of ours; _scope: which is about to be entered. */
witguest_task *witguest_debug_task(const witguest_task *task);
witguest_task *witguest_debug_task_scope(const witguest_task *task, const char *file, int line);
int witguest_debug_queue(witguest_capture_t capture, witguest_work work, void *arg, unsigned flags);
int witguest_debug_await_subtask(witguest_await *await, uint32_t status, witguest_done done, void *arg, const char *file, int line);
int witguest_debug_await_copy(witguest_await *await, uint32_t end, uint32_t status, uint32_t (*cancel)(uint32_t), witguest_done done,
                              void *arg, const char *file, int line);
/* Around a call in which a goroutine waits. */
void witguest_debug_wait(const char *what, const char *file, int line);
int witguest_debug_waited(int status);
uint32_t witguest_debug_waited_code(uint32_t code);
/* Before an operation of stream.h: gives the arg for one of the functions below as its `done`. _begun: after it. */
void *witguest_debug_move(const char *what, void (*done)(void), void *arg, const char *file, int line);
int witguest_debug_begun(int error);
void witguest_debug_moved(void *arg, int status, size_t count);
void witguest_debug_read_all_done(void *arg, int status, void *elements, size_t count);
void witguest_debug_line_done(void *arg, int status, char *line, size_t length);
uint32_t witguest_debug_loop_start(void (*main)(void *arg), void *arg);
void witguest_debug_export_enter(witguest_export *x);
/* key: a handle or a pointer. */
void witguest_debug_own(const char *what, const char *wit_name, uintptr_t key, const char *file, int line);
void witguest_debug_gone(uintptr_t key);

#ifdef __cplusplus
}
#endif

#ifndef WITGUEST_DEBUG_INTERNAL
#define witguest_capture()        witguest_debug_capture(__FILE__, __LINE__)
#define witguest_release(capture) witguest_debug_release(capture)
#define witguest_enter(capture)   witguest_debug_enter(capture, __FILE__, __LINE__)
#define witguest_leave(scope)     witguest_debug_leave(scope)
#undef WITGUEST_WORK_FOR
#define WITGUEST_WORK_FOR(task) WITGUEST__WORK_FOR(witguest_debug_task_scope(task, __FILE__, __LINE__), __LINE__)

#define witguest_loop_start(main, arg) witguest_debug_loop_start(main, arg)
#define witguest_export_enter(x)       witguest_debug_export_enter(x)

#define witguest_task_ref(task)            witguest_task_ref(witguest_debug_task(task))
#define witguest_task_unref(task)          witguest_debug_release((witguest_capture_t)(task))
#define witguest_task_is_cancelled(task)   witguest_task_is_cancelled(witguest_debug_task(task))
#define witguest_run_for(task, fn, arg)    witguest_run_for(witguest_debug_task(task), fn, arg)
#define witguest_call_for(task, fn, arg)   witguest_call_for(witguest_debug_task(task), fn, arg)

#define witguest_queue(capture, work, arg, flags)    witguest_debug_queue(capture, work, arg, flags)
#define witguest_microtask_for(capture, work, arg)   witguest_debug_queue(capture, work, arg, 0)
#define witguest_macrotask_for(capture, work, arg)   witguest_debug_queue(capture, work, arg, WITGUEST_IS_MACROTASK)
#define witguest_await_subtask(await, status, done, arg) \
  witguest_debug_await_subtask(await, status, done, arg, __FILE__, __LINE__)
#define witguest_await_copy(await, end, status, cancel, done, arg) \
  witguest_debug_await_copy(await, end, status, cancel, done, arg, __FILE__, __LINE__)

#define WITGUEST_DEBUG__WAIT(what, call)  (witguest_debug_wait(what, __FILE__, __LINE__), witguest_debug_waited(call))
#define WITGUEST_DEBUG__CODE(what, call)  (witguest_debug_wait(what, __FILE__, __LINE__), witguest_debug_waited_code(call))
#define witguest_go_await(...)            WITGUEST_DEBUG__WAIT("a subtask", witguest_go_await(__VA_ARGS__))
#define witguest_go_await_in(...)         WITGUEST_DEBUG__WAIT("a subtask", witguest_go_await_in(__VA_ARGS__))
#define witguest_go_await_copy(...)       WITGUEST_DEBUG__CODE("a copy of a stream or future", witguest_go_await_copy(__VA_ARGS__))
#define witguest_go_await_copy_in(...)    WITGUEST_DEBUG__CODE("a copy of a stream or future", witguest_go_await_copy_in(__VA_ARGS__))
#define witguest_go_sleep(...)            WITGUEST_DEBUG__WAIT("a sleep", witguest_go_sleep(__VA_ARGS__))
#define witguest_go_sleep_in(...)         WITGUEST_DEBUG__WAIT("a sleep", witguest_go_sleep_in(__VA_ARGS__))
#define witguest_channel_send(...)        WITGUEST_DEBUG__WAIT("a receiver on a channel", witguest_channel_send(__VA_ARGS__))
#define witguest_channel_receive(...)     WITGUEST_DEBUG__WAIT("a value on a channel", witguest_channel_receive(__VA_ARGS__))
#define witguest_channel_fill(...)        WITGUEST_DEBUG__WAIT("a channel to be filled", witguest_channel_fill(__VA_ARGS__))
#define witguest_channel_drain(...)       WITGUEST_DEBUG__WAIT("a channel to be drained", witguest_channel_drain(__VA_ARGS__))
#define witguest_select(...)              WITGUEST_DEBUG__WAIT("a case of a select", witguest_select(__VA_ARGS__))
#define witguest_wait_group_wait(...)     WITGUEST_DEBUG__WAIT("a wait group", witguest_wait_group_wait(__VA_ARGS__))
#define witguest_go_read(...)             WITGUEST_DEBUG__WAIT("a read of a stream", witguest_go_read(__VA_ARGS__))
#define witguest_go_write_all(...)        WITGUEST_DEBUG__WAIT("a write to a stream", witguest_go_write_all(__VA_ARGS__))
#define witguest_go_copy(...)             WITGUEST_DEBUG__WAIT("a copy between streams", witguest_go_copy(__VA_ARGS__))
#define witguest_go_read_all(...)         WITGUEST_DEBUG__WAIT("the end of a stream", witguest_go_read_all(__VA_ARGS__))
#define witguest_go_next_line(...)        WITGUEST_DEBUG__WAIT("a line of a stream", witguest_go_next_line(__VA_ARGS__))

#define WITGUEST_DEBUG__MOVE(what, done, arg) witguest_debug_move(what, (void (*)(void))(done), arg, __FILE__, __LINE__)
#define witguest_read(reader, elements, count, done, arg) \
  witguest_debug_begun(witguest_read(reader, elements, count, witguest_debug_moved, WITGUEST_DEBUG__MOVE("a read of a stream", done, arg)))
#define witguest_write_all(writer, elements, count, done, arg) \
  witguest_debug_begun(witguest_write_all(writer, elements, count, witguest_debug_moved, WITGUEST_DEBUG__MOVE("a write to a stream", done, arg)))
#define witguest_copy(reader, writer, chunk, done, arg) \
  witguest_debug_begun(witguest_copy(reader, writer, chunk, witguest_debug_moved, WITGUEST_DEBUG__MOVE("a copy between streams", done, arg)))
#define witguest_read_all(reader, limit, done, arg) \
  witguest_debug_begun(witguest_read_all(reader, limit, witguest_debug_read_all_done, WITGUEST_DEBUG__MOVE("the end of a stream", done, arg)))
#define witguest_lines_next(lines, done, arg) \
  witguest_debug_begun(witguest_lines_next(lines, witguest_debug_line_done, WITGUEST_DEBUG__MOVE("a line of a stream", done, arg)))
#endif

/* A borrow that was given to an export, and memory that an import returned: noted until it is gone. name: as in the WIT. */
#define WITGUEST_DEBUG_BORROW(handle, name)  witguest_debug_own("borrow not dropped", name, (uintptr_t)(handle), __FILE__, __LINE__)
#define WITGUEST_DEBUG_RESULT(pointer, name) witguest_debug_own("result not freed", name, (uintptr_t)(pointer), __FILE__, __LINE__)
#define WITGUEST_DEBUG_GONE(key)             witguest_debug_gone((uintptr_t)(key))

#else

#define witguest_debug_report(print, user)     ((void)(print), (void)(user), (size_t)0)
#define witguest_debug_print_with(print, user) ((void)(print), (void)(user))

#define witguest_debug_call(wit_name)                                         ((void)0)
#define witguest_debug_returned()                                             ((void)0)
#define witguest_debug_subtask(wit_name, status, result, size)                (status)
#define witguest_debug_allocated(block, size)                                 ((void)0)
#define witguest_debug_event()                                                ((void)0)
#define witguest_debug_entered(wit_name, file, line)                          0
#define witguest_debug_borrowed(call, handle, wit_name, file, line)           ((void)0)
#define witguest_debug_dropped(handle)                                        ((void)0)
#define witguest_debug_leaving(call)                                          ((void)(call))
#define witguest_debug_left(call)                                             ((void)(call))
#define witguest_debug_task_returning()                                       ((void)0)

#define WITGUEST_DEBUG_BORROW(handle, name)  ((void)0)
#define WITGUEST_DEBUG_RESULT(pointer, name) ((void)0)
#define WITGUEST_DEBUG_GONE(key)             ((void)0)

#endif
#endif
