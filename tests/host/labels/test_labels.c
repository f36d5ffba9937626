/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * One implementation behind three imports of one interface: two labels and the interface itself. That this compiles without a
 * cast is the point; the label, the external-id and the types of resources are told apart at run time.
 */
#include <stdio.h>
#include <string.h>

#include "labels_host.h"

typedef struct host { char log[256]; uint32_t rows; size_t destroyed; } host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

static void note(host *h, const withost_call *call) {
  size_t used = strlen(h->log);
  const char *id = withost_call_external_id(call);
  snprintf(h->log + used, sizeof h->log - used, "%s %s %s;", withost_call_label(call), withost_call_function(call), id ? id : "-");
}

static test_labels_store_own_row_t make_row(void *user, withost_call *call, labels_string_t key) {
  host *h = user;
  (void)call, (void)key;
  return (test_labels_store_own_row_t){++h->rows};
}

static labels_string_t row_key(void *user, withost_call *call, test_labels_store_borrow_row_t self) {
  (void)user, (void)call;
  return labels_string_of(self.rep == 1 ? "one" : "more");
}

static void end_row(void *user, test_labels_store_own_row_t row) {
  (void)row;
  ((host *)user)->destroyed++;
}

static test_labels_store_result_entry_kind_t put(void *user, withost_call *call, test_labels_store_entry_t e) {
  note(user, call);
  e.kind = TEST_LABELS_STORE_KIND_NUMBER;
  return (test_labels_store_result_entry_kind_t){.is_err = false, .val.ok = e};
}

static test_labels_store_tuple2_list_own_row_u32_t rows(void *user, withost_call *call, test_labels_store_list_own_row_t of) {
  note(user, call);
  return (test_labels_store_tuple2_list_own_row_u32_t){of, (uint32_t)of.len};
}

/* Answers for all labels with the function of one. */
static void watch(void *user, withost_call *call, labels_string_t key) {
  test_labels_store_stream_entry_t readable, writable;
  (void)key;
  note(user, call);
  test_labels_store_stream_entry_new(withost_instance_store(withost_call_instance(call)), &readable, &writable);
  withost_stream_drop(writable);
  check(labels_first_watch_return(call, readable) == WITHOST_OK, "the answer of one label answers for another");
}

#define ONE(label)                                                                                                      \
  .label##_constructor_row = make_row, .label##_method_row_key = row_key, .label##_row_destructor = end_row,           \
  .label##_put = put, .label##_rows = rows, .label##_watch = watch

int main(void) {
  static const labels_imports imports = {ONE(first), ONE(second), ONE(test_labels_store)};
  host h = {0};
  withost_store *store;
  labels_instance *guest;
  labels_string_t said = {0};
  withost_store_new(NULL, &store);
  check(labels_instantiate(store, labels_program_wasm2c(), &imports, &h, &guest) == WITHOST_OK, "instantiate");
  check(labels_run(guest, NULL, &said) == WITHOST_OK && said.len == 3 && !memcmp(said.ptr, "abc", 3), "records go round by each label");
  labels_string_free(&said);
  check(!strcmp(h.log, "first put -;first rows -;first watch -;second put the-second;second rows the-second;second watch the-second;"
                       "test:labels/store put -;test:labels/store rows -;test:labels/store watch -;"), "label and external-id are seen");
  check(labels_close(guest) == WITHOST_OK && h.rows == 3 && h.destroyed == 3, "each row ends once");
  check(withost_store_close(store) == WITHOST_OK, "close");
  printf("1..%d\n", number);
  return failures != 0;
}
