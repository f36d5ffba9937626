/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Own event loop: a queue of jobs that all requests share, run in whichever callback is there. A job remembers whose it is, and runs
 * for that one: capture, enter, leave, release. This loop waits until two jobs are there, so the first request's job runs in
 * the second one's call. The thread has to move for that: native mode.
 */
#include "recipe.h"

typedef struct job {
  witguest_capture_t capture;
  void (*run)(void *arg);
  void *arg;
} job;

static job jobs[16];
static unsigned job_count;

static void job_queue(void (*run)(void *arg), void *arg) {
  if (job_count == sizeof jobs / sizeof *jobs) abort();
  jobs[job_count++] = (job){witguest_capture(), run, arg}; /* whose work it is */
}

static void jobs_run(void) {
  for (unsigned n = 0; n < job_count; n++) {
    witguest_scope scope = witguest_enter(jobs[n].capture); /* from here on imports are charged to that one */
    jobs[n].run(jobs[n].arg);
    witguest_leave(scope);
    witguest_release(jobs[n].capture); /* the last one wakes its call, which then ends */
  }
  job_count = 0;
}

/* A call of the export. x says where its code begins and ends. */
typedef struct call {
  witguest_export x;
  recipes_waitable_set_t set;
  uint32_t request;
} call;

static void answer(void *arg) {
  call *c = arg;
  note("answers", c->request);
  exports_recipes_serve_return(c->request * 10);
}

/* Ends the export and each of its callbacks: wait while work for this call is left, which holds a capture. */
static recipes_callback_code_t call_leave(call *c) {
  bool waits = witguest_export_is_needed(&c->x);
  if (waits) witguest_export_waits(&c->x, c->set);
  witguest_export_leave(&c->x);
  if (waits) return RECIPES_CALLBACK_CODE_WAIT(c->set);
  witguest_export_end(&c->x);
  recipes_waitable_set_drop(c->set);
  free(c);
  return RECIPES_CALLBACK_CODE_EXIT;
}

recipes_callback_code_t exports_recipes_serve(uint32_t request) {
  call *c = call_new(sizeof *c);
  c->request = request;
  c->set = recipes_waitable_set_new();
  recipes_context_set_0(c); /* a word that is this call's own */
  witguest_export_enter(&c->x);
  job_queue(answer, c);
  if (job_count == 2) jobs_run();
  return call_leave(c);
}

recipes_callback_code_t exports_recipes_serve_callback(recipes_event_t *event) {
  call *c = recipes_context_get_0();
  witguest_export_enter(&c->x);
  witguest_export_event(&c->x, event->event, event->waitable, event->code);
  return call_leave(c);
}
