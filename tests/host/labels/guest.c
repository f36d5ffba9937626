/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Does the same with each import: a record of all kinds there and back, a resource there and back, a stream. Says a letter for
 * each that was right.
 */
#include <string.h>

#include "labels.h"

#define USE(label)                                                                                                      \
  static bool use_##label(void) {                                                                                       \
    labels_string_t key;                                                                                                \
    label##_entry_t e = {.value = {.tag = 1, .val.count = 7}, .rights = 3}, back;                                       \
    label##_kind_t error;                                                                                               \
    label##_stream_entry_t stream;                                                                                      \
    label##_tuple2_list_own_row_u32_t rows;                                                                             \
    labels_string_set(&key, "one");                                                                                     \
    e.key = key;                                                                                                        \
    bool good = label##_put(&e, &back, &error) && back.kind == 1 && back.value.val.count == 7 && back.rights == 3;      \
    label##_entry_free(&back);                                                                                          \
    label##_own_row_t row = label##_constructor_row(&key);                                                              \
    label##_list_own_row_t of = {&row, 1};                                                                              \
    label##_rows(&of, &rows);                                                                                           \
    good &= rows.f1 == 1 && rows.f0.len == 1;                                                                           \
    label##_row_drop_own(rows.f0.ptr[0]);                                                                               \
    label##_tuple2_list_own_row_u32_free(&rows);                                                                        \
    good &= label##_watch(key, &stream) == LABELS_SUBTASK_RETURNED;                                                     \
    label##_stream_entry_drop_readable(stream);                                                                         \
    return good;                                                                                                        \
  }

USE(first)
USE(second)
USE(test_labels_store)

void exports_labels_run(labels_string_t *ret) {
  char said[4] = "";
  if (use_first()) strcat(said, "a");
  if (use_second()) strcat(said, "b");
  if (use_test_labels_store()) strcat(said, "c");
  labels_string_dup(ret, said);
}
