/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "../strings-utf8/echo.h"

static size_t units_of(const guest_string_t *s) { return s->len; }

static size_t points_of(const guest_string_t *s, uint32_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < s->len; n++) {
    uint32_t c = s->ptr[i++];
    int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    if (more) c &= 0x3fu >> more;
    while (more--) c = c << 6 | (s->ptr[i++] & 0x3fu);
    out[n] = c;
  }
  return n;
}

void exports_guest_make(guest_string_t *ret) { guest_string_dup(ret, "zo\xc3\xab \xf0\x9d\x84\x9e"); }
void exports_guest_make_latin(guest_string_t *ret) { guest_string_dup_n(ret, "gr\xc3\xbc\xc3\x9f" "e!", 7); }
