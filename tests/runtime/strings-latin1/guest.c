/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "../strings-utf8/echo.h"

static size_t units_of(const guest_string_t *s) { return GUEST_STRING_UNITS(s); }

static size_t points_of(const guest_string_t *s, uint32_t *out) {
  const uint8_t *latin = s->ptr;
  const uint16_t *wide = (const void *)s->ptr;
  size_t n = 0, len = units_of(s);
  if (!GUEST_STRING_IS_UTF16(s)) {
    for (; n < len; n++) out[n] = latin[n];
    return n;
  }
  for (size_t i = 0; i < len; n++) {
    uint32_t c = wide[i++];
    if (c >= 0xd800 && c < 0xdc00) c = 0x10000 + ((c - 0xd800) << 10) + (wide[i++] - 0xdc00u);
    out[n] = c;
  }
  return n;
}

void exports_guest_make(guest_string_t *ret) { guest_string_dup(ret, u"zo\u00eb \U0001d11e"); }
void exports_guest_make_latin(guest_string_t *ret) { guest_string_dup_latin1_n(ret, "gr\xfc\xdf" "e!", 5); }
