/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * What the string guests of all encodings share. Each defines points_of(), which writes the code points of a text to
 * `out` (room for one per code unit) and answers their number, and the two texts that it makes itself. */
#include <stdlib.h>
#include "guest.h"
#include "rt.h"

static size_t points_of(const guest_string_t *s, uint32_t *out);
static size_t units_of(const guest_string_t *s);

void exports_guest_code_points(guest_string_t *s, guest_list_u32_t *ret) {
  ret->ptr = malloc((units_of(s) + 1) * sizeof *ret->ptr);
  if (!ret->ptr) abort();
  ret->len = points_of(s, ret->ptr);
  if (!ret->len) {
    free(ret->ptr);
    ret->ptr = (uint32_t *)sizeof(uint32_t);
  }
  guest_string_free(s);
}

void exports_guest_echo(guest_string_t *s, guest_string_t *ret) {
  test_strings_host_see(s, ret);
  guest_string_free(s);
}

void exports_guest_echo_list(guest_list_string_t *all, guest_list_string_t *ret) {
  test_strings_host_see_list(all, ret);
  guest_list_string_free(all);
}

bool exports_guest_echo_option(guest_string_t *maybe_s, guest_string_t *ret) {
  if (maybe_s) *ret = *maybe_s; /* given to us, given on */
  return maybe_s != NULL;
}

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }
