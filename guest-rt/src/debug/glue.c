/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Calls of exports and their borrows, as the glue of --debug-hooks tells them. A call has a number; its task is known once the
 * author's function has given itself to the library.
 */
#include "record.h"

static struct {
  unsigned calls;
  unsigned running; /* the one whose code has been entered last and not been left; 0: none */
  witguest_debug_print print;
  void *user;
} glue;

void witguest_debug_print_with(witguest_debug_print print, void *user) {
  glue.print = print;
  glue.user = user;
}

unsigned witguest_debug_entered(const char *wit_name, const char *file, int line) {
  glue.running = ++glue.calls;
  witguest__memory_claim("parameter not freed", wit_name, file, line, glue.running);
  return glue.running;
}

void witguest_debug_left(unsigned call) {
  if (glue.running == call) glue.running = 0;
}

void witguest_debug_borrowed(unsigned call, int32_t handle, const char *wit_name, const char *file, int line) {
  witguest__record *r = witguest__record_new("borrow not dropped", file, line);
  r->name = wit_name;
  r->is_borrow = true;
  r->key = (uintptr_t)handle;
  r->call = call;
  r->task = NULL; /* of an outer call, if there was one */
}

void witguest_debug_dropped(int32_t handle) {
  for (witguest__record *r = witguest__records(); r; r = r->next) {
    if (!r->is_borrow || r->key != (uintptr_t)handle) continue;
    witguest__record_free(r);
    return;
  }
}

/* The running call has a task now. */
static void call_adopt(void) {
  if (!glue.running || witguest__is_unknown()) return;
  for (witguest__record *r = witguest__records(); r; r = r->next)
    if (r->call == glue.running) r->task = witguest__current();
}

static struct { void (*main)(void *arg); void *arg; } started;

static void start(void *arg) {
  void (*main)(void *) = started.main;
  call_adopt();
  main(arg);
}

uint32_t witguest_debug_loop_start(void (*main)(void *arg), void *arg) {
  started.main = main; /* which is called at once */
  return witguest_loop_start(start, arg);
}

void witguest_debug_export_enter(witguest_export *x) {
  witguest_export_enter(x);
  call_adopt();
}

/* ---- Before the host traps because of a borrow ---- */

static void borrow_tell(witguest__record *r) {
  if (!glue.print) return;
  r->what = "borrow not dropped when its call returns";
  witguest__record_print(r, glue.print, glue.user);
}

void witguest_debug_leaving(unsigned call) {
  for (witguest__record *r = witguest__records(); r; r = r->next)
    if (r->is_borrow && r->call == call) borrow_tell(r);
  witguest_debug_left(call);
}

void witguest_debug_task_returning(void) {
  const witguest_task *task = witguest__is_unknown() ? NULL : witguest__current();
  for (witguest__record *r = witguest__records(); r; r = r->next) {
    bool is_ours = r->task ? r->task == task : r->call == glue.running;
    if (r->is_borrow && is_ours) borrow_tell(r);
  }
}
