/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * UTF-16 and Latin-1, from and to UTF-8.
 */
#include <string.h>

#include "text.h"

static uint32_t unit_load(const uint8_t *p) {
  uint16_t v;
  memcpy(&v, p, 2);
  return v;
}

static void unit_store(uint8_t *p, uint32_t v) {
  uint16_t u = (uint16_t)v;
  memcpy(p, &u, 2);
}

static bool is_high(uint32_t u) { return (u & 0xfc00) == 0xd800; }
static bool is_low(uint32_t u) { return (u & 0xfc00) == 0xdc00; }

bool withost__utf16_measure(const uint8_t *p, size_t units, size_t *length, uint32_t *lone) {
  size_t total = 0;
  for (size_t k = 0; k < units; k++) {
    uint32_t u = unit_load(p + 2 * k);
    if (is_high(u) && k + 1 < units && is_low(unit_load(p + 2 * k + 2))) {
      k++;
      total += 4;
    } else if (is_high(u) || is_low(u)) {
      *lone = u;
      return false;
    } else {
      total += 1u + (u >= 0x80) + (u >= 0x800);
    }
  }
  *length = total;
  return true;
}

static uint8_t *utf8_put(uint8_t *to, uint32_t c) {
  if (c < 0x80) {
    *to++ = (uint8_t)c;
    return to;
  }
  if (c < 0x800) {
    *to++ = (uint8_t)(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *to++ = (uint8_t)(0xe0 | c >> 12);
    } else {
      *to++ = (uint8_t)(0xf0 | c >> 18);
      *to++ = (uint8_t)(0x80 | (c >> 12 & 0x3f));
    }
    *to++ = (uint8_t)(0x80 | (c >> 6 & 0x3f));
  }
  *to++ = (uint8_t)(0x80 | (c & 0x3f));
  return to;
}

void withost__utf16_to_utf8(const uint8_t *p, size_t units, uint8_t *to) {
  for (size_t k = 0; k < units; k++) {
    uint32_t c = unit_load(p + 2 * k);
    if (is_high(c)) c = 0x10000 + ((c & 0x3ff) << 10) + (unit_load(p + 2 * ++k) & 0x3ff);
    to = utf8_put(to, c);
  }
}

size_t withost__utf8_to_utf16(const uint8_t *text, size_t length, uint8_t *to) {
  uint8_t *out = to;
  for (size_t at = 0; at < length;) {
    uint32_t c = withost__utf8_next(text, &at);
    if (c >= 0x10000) {
      unit_store(out, 0xd800 | (c - 0x10000) >> 10);
      out += 2;
      c = 0xdc00 | (c & 0x3ff);
    }
    unit_store(out, c);
    out += 2;
  }
  return (size_t)(out - to) / 2;
}

size_t withost__latin1_measure(const uint8_t *p, size_t units) {
  size_t length = units;
  for (size_t k = 0; k < units; k++) length += p[k] >> 7;
  return length;
}

void withost__latin1_to_utf8(const uint8_t *p, size_t units, uint8_t *to) {
  for (size_t k = 0; k < units; k++) to = utf8_put(to, p[k]);
}

size_t withost__utf8_to_latin1(const uint8_t *text, size_t length, uint8_t *to, size_t *at) {
  size_t written = 0;
  for (*at = 0; *at < length;) {
    size_t here = *at;
    uint32_t c = withost__utf8_next(text, at);
    if (c >= 0x100) {
      *at = here;
      break;
    }
    to[written++] = (uint8_t)c;
  }
  return written;
}

void withost__latin1_widen(uint8_t *text, size_t units) {
  for (size_t k = units; k-- > 0;) unit_store(text + 2 * k, text[k]);
}
