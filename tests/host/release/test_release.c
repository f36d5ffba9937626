/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Every value has one release that ends all that is in it: after a thousand of each the store's allocator has as many bytes out
 * as after the first, destructors of both sides have run once for each handle, and the guest sees the other ends of its streams
 * and futures gone. docs/host.md, "Who owns what".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "release_host.h"

typedef struct host { uint32_t destroyed[8]; size_t count; size_t bytes; release_instance *guest; int status; char why[32]; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void *resize(void *user, void *old, size_t old_size, size_t new_size) {
  host *h = user;
  void *p = new_size ? realloc(old, new_size) : NULL;
  if (!new_size) free(old);
  if (new_size && !p) return NULL;
  h->bytes += new_size - old_size;
  return p;
}

static void file_destructor(void *user, test_release_types_own_file_t file) {
  host *h = user;
  if (h->count < 8) h->destroyed[h->count] = file.rep;
  h->count++;
}

static const release_imports imports = {.test_release_types_file_destructor = file_destructor};
static test_release_types_own_file_t files[2] = {{17}, {18}};
static exports_test_release_api_list_own_file_t two_files = {files, 2};

static bool files_are_destroyed(host *h) {
  bool good = h->count == 2 && h->destroyed[0] == 17 && h->destroyed[1] == 18;
  h->count = 0;
  return good;
}

static bool is_over(release_instance *guest) {
  bool over = false;
  return release_test_release_api_is_over(guest, NULL, &over) == WITHOST_OK && over;
}

static bool text_is(withost_error_context *c, const char *text) {
  size_t length;
  const char *is = withost_error_context_text(c, &length);
  return length == strlen(text) && !memcmp(is, text, length);
}

static uint32_t jobs(release_instance *guest) {
  uint32_t n = 99;
  release_test_release_api_jobs(guest, NULL, &n);
  return n;
}

static bool pack_is_released(host *h) {
  test_release_types_pack_t p;
  if (release_test_release_api_pack_up(h->guest, NULL, two_files, &p)) return false;
  bool good = p.files.len == 2 && p.later.is_some && h->count == 0 && text_is(p.why, "packed");
  test_release_types_pack_drop(h->guest, &p);
  return good && files_are_destroyed(h) && is_over(h->guest);
}

static bool things_are_released(host *h) {
  exports_test_release_api_result_list_thing_error_context_t things;
  if (release_test_release_api_things(h->guest, NULL, &things)) return false;
  bool good = !things.is_err && things.val.ok.len == 4 && jobs(h->guest) == 3;
  good &= text_is(things.val.ok.ptr[2].val.why, "two at once"); /* also after the guest has run again */
  exports_test_release_api_result_list_thing_error_context_drop(h->guest, &things);
  return good && jobs(h->guest) == 0;
}

static bool context_is_released(host *h) {
  release_error_context_t c;
  if (release_test_release_api_complain(h->guest, NULL, &c)) return false;
  bool good = text_is(c, "no reason");
  withost_error_context_release(c);
  return good;
}

static bool words_are_released(host *h) {
  release_tuple2_string_list_string_t words;
  if (release_test_release_api_words(h->guest, NULL, &words)) return false;
  bool good = words.f1.len == 2 && words.f0.len == 3;
  release_tuple2_string_list_string_free(&words);
  return good;
}

/* Memory is the guest's here, handles are ours. */
static void sent(void *user, withost_call *call, int status, const test_release_types_pack_t *pack) {
  host *h = user;
  (void)call;
  h->status = status;
  if (!pack) return;
  test_release_types_pack_t p = *pack;
  size_t length;
  const char *why = withost_error_context_text(p.why, &length);
  snprintf(h->why, sizeof h->why, "%.*s", (int)length, why);
  test_release_types_pack_drop_handles(h->guest, &p);
}

static bool handles_are_dropped(host *h) {
  h->status = -1;
  if (release_test_release_api_send(h->guest, NULL, two_files, sent, h, NULL)) return false;
  return h->status == WITHOST_OK && !strcmp(h->why, "packed") && files_are_destroyed(h) && is_over(h->guest);
}

int main(void) {
  static const struct { bool (*released)(host *h); const char *name; } cases[] = {
    {pack_is_released, "a record of all kinds: its _drop"},
    {things_are_released, "variants and lists with handles of the guest: their _drop"},
    {context_is_released, "an error context is the host's until it is released"},
    {words_are_released, "memory only: its _free"},
    {handles_are_dropped, "a result in `done`: its _drop_handles"}};
  host h = {0};
  withost_store *store;
  const withost_config config = {.allocator = {resize, &h}};
  withost_store_new(&config, &store);
  check(release_instantiate(store, release_program_wasm2c(), &imports, &h, &h.guest) == WITHOST_OK, "instantiate");
  for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
    bool good = cases[n].released(&h);
    for (int k = 0; good && k < 10; k++) good = cases[n].released(&h); /* tables have grown */
    size_t bytes = h.bytes;
    for (int k = 0; good && k < 1000; k++) good = cases[n].released(&h);
    check(good && h.bytes == bytes, cases[n].name);
  }
  check(release_close(h.guest) == WITHOST_OK && withost_store_close(store) == WITHOST_OK, "nothing is left: it closes");
  check(h.bytes == 0, "and no byte");
  printf("1..%d\n", number);
  return failures != 0;
}
