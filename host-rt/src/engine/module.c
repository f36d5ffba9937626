/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Sections of a module: a custom section whose name begins with "component-type" holds a component, and a section of that,
 * "wit-component-encoding", the version 4 and the encoding (wit-component's metadata.rs).
 */
#include "module.h"
#include "reader.h"

static bool has_layer(const uint8_t *bytes, size_t size, const char *header) {
  return size >= 8 && memcmp(bytes, header, 8) == 0;
}

bool withost__module_is_component(const uint8_t *bytes, size_t size) {
  return has_layer(bytes, size, "\0asm\x0d\0\1\0");
}

static void component_encoding(reader r, withost__module_says *says, withost_encoding *encoding) {
  static const char name[] = "wit-component-encoding";
  uint8_t id;
  reader content;
  if (!withost__module_is_component(r.at, r.left)) return;
  read_part(&r, 8);
  while (read_section(&r, &id, &content)) {
    reader text = id == 0 ? read_part(&content, read_number(&content)) : (reader){NULL, 0};
    if (text.left != sizeof name - 1 || memcmp(text.at, name, text.left) != 0) continue;
    if (content.left != 2 || content.at[0] != 4 || content.at[1] > WITHOST_LATIN1_UTF16) continue;
    bool other = *says == WITHOST__SAYS_ONE && *encoding != (withost_encoding)content.at[1];
    if (*says != WITHOST__SAYS_SEVERAL) *says = other ? WITHOST__SAYS_SEVERAL : WITHOST__SAYS_ONE;
    *encoding = (withost_encoding)content.at[1];
  }
}

withost__module_says withost__module_encoding(const uint8_t *bytes, size_t size, withost_encoding *encoding) {
  static const char prefix[] = "component-type";
  withost__module_says says = WITHOST__SAYS_NOTHING;
  reader r = {bytes, size}, content;
  uint8_t id;
  if (!has_layer(bytes, size, "\0asm\1\0\0\0")) return says;
  read_part(&r, 8);
  while (read_section(&r, &id, &content)) {
    reader name = id == 0 ? read_part(&content, read_number(&content)) : (reader){NULL, 0};
    if (name.left >= sizeof prefix - 1 && memcmp(name.at, prefix, sizeof prefix - 1) == 0)
      component_encoding(content, &says, encoding);
  }
  return says;
}
