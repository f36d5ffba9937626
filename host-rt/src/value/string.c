/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Strings between a guest and the host, who speaks UTF-8. A guest that does too gets one check and one copy, or a view.
 * For the others the calls of realloc, their sizes and their order are the reference model's: guests can see them.
 */
#include "../task/machine.h"
#include "text.h"

#define TAG_UTF16 (1u << 31)

/* ---- Lifting ---- */

static const uint8_t *content(withost_instance *i, uint32_t address, uint64_t bytes, uint32_t align) {
  if (bytes > WITHOST__STRING_MAX) withost_trap(i, "string content out-of-bounds");
  if (address & (align - 1)) withost_trap(i, "unaligned pointer");
  if (!withost_memory_has(i, address + bytes)) withost_trap(i, "string content out-of-bounds");
  return withost_memory(i) + address;
}

static const uint8_t *lift_utf8(withost_instance *i, uint32_t address, uint32_t units, size_t *length) {
  const uint8_t *text = content(i, address, units, 1);
  size_t valid = withost__utf8_valid_length(text, units);
  if (valid != units)
    withost_trap(i, "%s utf-8 %ssequence from index %zu",
                 withost__utf8_is_cut(text + valid, units - valid) ? "incomplete" : "invalid",
                 withost__utf8_is_cut(text + valid, units - valid) ? "byte " : "", valid);
  *length = units;
  return text;
}

static const uint8_t *lift_utf16(withost_instance *i, uint32_t address, uint32_t units, size_t *length) {
  const uint8_t *text = content(i, address, 2 * (uint64_t)units, 2);
  uint32_t lone;
  if (!withost__utf16_measure(text, units, length, &lone)) withost_trap(i, "unpaired surrogate found: %x", lone);
  uint8_t *to = withost_scratch(i, *length, 1);
  withost__utf16_to_utf8(text, units, to);
  return to;
}

static const uint8_t *lift_latin1(withost_instance *i, uint32_t address, uint32_t units, size_t *length) {
  const uint8_t *text = content(i, address, units, 2);
  *length = withost__latin1_measure(text, units);
  if (*length == units) return text; /* ASCII */
  uint8_t *to = withost_scratch(i, *length, 1);
  withost__latin1_to_utf8(text, units, to);
  return to;
}

const uint8_t *withost_lift_string(withost_instance *i, withost_encoding encoding, uint32_t address, uint32_t units,
                                   size_t *length) {
  if (WITHOST_LIKELY(encoding == WITHOST_UTF8)) return lift_utf8(i, address, units, length);
  if (encoding == WITHOST_UTF16) return lift_utf16(i, address, units, length);
  if (units & TAG_UTF16) return lift_utf16(i, address, units & ~TAG_UTF16, length);
  return lift_latin1(i, address, units, length);
}

/* ---- Lowering ---- */

/* Text that lies in the guest's own memory (a view, on its way back) may move or change while realloc runs. */
static const uint8_t *steady(withost_instance *i, const uint8_t *text, size_t length) {
  if (!length || (uintptr_t)text - (uintptr_t)withost_memory(i) >= withost_memory_size(i)) return text;
  return memcpy(withost_scratch(i, length, 1), text, length);
}

static uint32_t lower_utf16(withost_instance *i, const uint8_t *text, uint32_t length, uint32_t *units) {
  uint32_t worst = 2 * length, address = withost_realloc(i, 0, 0, 2, worst);
  *units = (uint32_t)withost__utf8_to_utf16(text, length, withost_memory(i) + address);
  return 2 * *units < worst ? withost_realloc(i, address, worst, 2, 2 * *units) : address;
}

/* `written` characters are Latin-1; the rest of the text, from `at`, is not all so. */
static uint32_t lower_widened(withost_instance *i, const uint8_t *text, uint32_t length, size_t at, size_t written,
                              uint32_t address, uint32_t *units) {
  uint32_t worst = 2 * length;
  address = withost_realloc(i, address, length, 2, worst);
  uint8_t *to = withost_memory(i) + address;
  withost__latin1_widen(to, written);
  uint32_t total = (uint32_t)(written + withost__utf8_to_utf16(text + at, length - at, to + 2 * written));
  *units = total | TAG_UTF16;
  return 2 * total < worst ? withost_realloc(i, address, worst, 2, 2 * total) : address;
}

static uint32_t lower_latin1(withost_instance *i, const uint8_t *text, uint32_t length, uint32_t *units) {
  size_t at;
  uint32_t address = withost_realloc(i, 0, 0, 2, length);
  size_t written = withost__utf8_to_latin1(text, length, withost_memory(i) + address, &at);
  if (at < length) return lower_widened(i, text, length, at, written, address, units);
  *units = (uint32_t)written;
  return written < length ? withost_realloc(i, address, length, 2, *units) : address;
}

uint32_t withost_lower_string(withost_instance *i, withost_encoding encoding, const uint8_t *text, size_t length,
                              uint32_t *units) {
  if (length > WITHOST__STRING_MAX) withost_trap(i, "the host gave a string that is too long");
  text = withost__view_now(i, text);
  if (!withost__utf8_is_valid(text, length)) withost_trap(i, "the host gave invalid utf-8");
  if (WITHOST_LIKELY(encoding == WITHOST_UTF8)) {
    *units = (uint32_t)length;
    return withost_lower_bytes(i, text, length, 1, 1);
  }
  text = steady(i, text, length);
  if (encoding == WITHOST_UTF16) return lower_utf16(i, text, (uint32_t)length, units);
  return lower_latin1(i, text, (uint32_t)length, units);
}
