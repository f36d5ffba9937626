/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "../strings-utf8/echo.h"

static size_t units_of(const guest_string_t *s) { return s->len; }

static size_t points_of(const guest_string_t *s, uint32_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < s->len; n++) {
    uint32_t c = s->ptr[i++];
    if (c >= 0xd800 && c < 0xdc00) c = 0x10000 + ((c - 0xd800) << 10) + (s->ptr[i++] - 0xdc00u);
    out[n] = c;
  }
  return n;
}

void exports_guest_make(guest_string_t *ret) { guest_string_dup(ret, u"zo\u00eb \U0001d11e"); }
void exports_guest_make_latin(guest_string_t *ret) { guest_string_dup_n(ret, u"gr\u00fc\u00dfe!", 5); }
