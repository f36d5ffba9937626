/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest that gives away one of each: strings, lists, handles of both sides, streams, futures, error contexts. It keeps the
 * writing ends, and so knows whether the others are gone.
 */
#include <stdlib.h>
#include <string.h>

#include "release.h"

struct exports_test_release_api_job_t { int unused; };

static uint32_t jobs;
static test_release_types_stream_u8_writer_t pipes[8];
static test_release_types_future_string_writer_t futures[8];
static size_t pairs;

void exports_test_release_api_job_destructor(exports_test_release_api_job_t *job) {
  jobs--;
  free(job);
}

static exports_test_release_api_own_job_t job_new(void) {
  jobs++;
  return exports_test_release_api_job_new(calloc(1, sizeof(exports_test_release_api_job_t)));
}

/* What a sync export returned stays the guest's too: it is dropped in the next call. */
static release_error_context_t reason(const char *text) {
  static release_error_context_t last;
  release_string_t s;
  if (last) release_error_context_drop(last);
  release_string_set(&s, text);
  return last = release_error_context_new(&s);
}

static exports_test_release_api_pack_t pack(exports_test_release_api_list_own_file_t *files) {
  exports_test_release_api_pack_t p = {.files = {files->ptr, files->len}, .why = reason("packed"), .later = {.is_some = true}};
  release_string_dup(&p.name, "a pack");
  p.pipe = test_release_types_stream_u8_new(&pipes[pairs]);
  p.later.val = test_release_types_future_string_new(&futures[pairs++]);
  return p;
}

void exports_test_release_api_pack_up(exports_test_release_api_list_own_file_t *files, exports_test_release_api_pack_t *ret) {
  *ret = pack(files);
}

release_callback_code_t exports_test_release_api_send(exports_test_release_api_list_own_file_t *files) {
  exports_test_release_api_pack_t p = pack(files);
  exports_test_release_api_send_return(p);
  exports_test_release_api_pack_free(&p);
  return RELEASE_CALLBACK_CODE_EXIT;
}

release_callback_code_t exports_test_release_api_send_callback(release_event_t *event) {
  (void)event;
  return RELEASE_CALLBACK_CODE_EXIT;
}

bool exports_test_release_api_things(exports_test_release_api_list_thing_t *ret, release_error_context_t *err) {
  (void)err;
  ret->len = 4;
  ret->ptr = calloc(4, sizeof *ret->ptr);
  ret->ptr[0].tag = EXPORTS_TEST_RELEASE_API_THING_ONE;
  ret->ptr[0].val.one = job_new();
  ret->ptr[1].tag = EXPORTS_TEST_RELEASE_API_THING_MANY;
  ret->ptr[1].val.many.len = 2;
  ret->ptr[1].val.many.ptr = malloc(2 * sizeof *ret->ptr[1].val.many.ptr);
  for (size_t n = 0; n < 2; n++) ret->ptr[1].val.many.ptr[n] = job_new();
  ret->ptr[2].tag = EXPORTS_TEST_RELEASE_API_THING_WHY;
  ret->ptr[2].val.why = reason("two at once");
  ret->ptr[3].tag = EXPORTS_TEST_RELEASE_API_THING_NOTHING;
  return true;
}

release_error_context_t exports_test_release_api_complain(void) { return reason("no reason"); }

void exports_test_release_api_words(release_tuple2_string_list_string_t *ret) {
  release_string_dup(&ret->f0, "one");
  ret->f1.len = 2;
  ret->f1.ptr = malloc(2 * sizeof *ret->f1.ptr);
  for (size_t n = 0; n < 2; n++) release_string_dup(&ret->f1.ptr[n], "two");
}

uint32_t exports_test_release_api_jobs(void) { return jobs; }

bool exports_test_release_api_is_over(void) {
  bool over = true;
  for (size_t n = 0; n < pairs; n++) {
    release_string_t text = {(uint8_t *)"", 0};
    over &= RELEASE_WAITABLE_STATE(test_release_types_stream_u8_write(pipes[n], (const uint8_t *)"x", 1)) == RELEASE_WAITABLE_DROPPED;
    over &= RELEASE_WAITABLE_STATE(test_release_types_future_string_write(futures[n], &text)) == RELEASE_WAITABLE_DROPPED;
    if (!over) return false;
    test_release_types_stream_u8_drop_writable(pipes[n]);
    test_release_types_future_string_drop_writable(futures[n]);
  }
  pairs = 0;
  return over;
}
