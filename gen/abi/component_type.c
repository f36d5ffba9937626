/*
 * Component type: the section around a world.
 *
 * The section is a component: a custom section that tells the string encoding, a type section whose only type is a
 * component type that exports the world under its full name, and an export of that type. The world's own declarators
 * come from component_world.c.
 *
 * Binary format: component-model design/mvp/Binary.md.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/component_type.h"

#include "abi/component_world.h"
#include "abi/wasm_write.h"
#include "support/vec.h"

enum { SECTION_CUSTOM = 0x00, SECTION_TYPE = 0x07, SECTION_EXPORT = 0x0b };
enum { ENCODING_VERSION = 0x04 };

#define BYTES(literal) ((str){literal, sizeof(literal) - 1})

static void line_add(arena *a, section_line_vec *lines, uint32_t depth, const buf *bytes, str comment) {
  section_line line = {.bytes = buf_str(bytes), .comment = comment, .depth = depth};
  vec_push(a, lines, line);
}

static size_t lines_size(const section_line_vec *lines) {
  size_t size = 0;
  for (size_t i = 0; i < lines->count; i++) {
    size += lines->items[i].bytes.len;
  }
  return size;
}

static void header_add(arena *a, section_line_vec *out, string_encoding encoding) {
  static const char *const words[] = {
      [ENCODING_UTF8] = "utf8", [ENCODING_UTF16] = "utf16", [ENCODING_LATIN1_UTF16] = "latin1+utf16"};
  buf magic, contents, section;
  buf_init(&magic, a);
  buf_add(&magic, BYTES("\0asm\x0d\0\x01\0"));
  line_add(a, out, 0, &magic, STR("component"));
  buf_init(&contents, a);
  wasm_write_name(&contents, STR("wit-component-encoding"));
  buf_add_byte(&contents, ENCODING_VERSION);
  buf_add_byte(&contents, (char)encoding);
  buf_init(&section, a);
  wasm_write_section(&section, SECTION_CUSTOM, buf_str(&contents));
  line_add(a, out, 0, &section, str_format(a, "strings are %s", words[encoding]));
}

/* "ns:pkg/world@1.0.0" */
static str world_id_text(arena *a, const world *w) {
  interface as_interface = {.name = w->name, .package = w->package};
  return interface_id_text(a, &as_interface);
}

static void type_section_add(arena *a, section_line_vec *out, const world *w, const component_world *inside) {
  str id = world_id_text(a, w);
  buf outer, inner, export, section;
  buf_init(&outer, a);
  buf_add(&outer, BYTES("\x41\x02")); /* component type, two declarators */
  buf_init(&inner, a);
  buf_add(&inner, BYTES("\x01\x41")); /* declarator of a type: a component type */
  wasm_write_u32(&inner, inside->decls);
  buf_init(&export, a);
  buf_add(&export, BYTES("\x04\x00")); /* declarator of an export, under a plain name */
  wasm_write_name(&export, id);
  buf_add(&export, BYTES("\x04\x00")); /* a component of type 0 */
  buf_init(&section, a);
  buf_add_byte(&section, SECTION_TYPE);
  wasm_write_u32(&section, (uint32_t)(1 + outer.count + inner.count + lines_size(&inside->lines) + export.count));
  wasm_write_u32(&section, 1);
  line_add(a, out, 0, &section, STR("type section"));
  line_add(a, out, 1, &outer, STR("type 0: component"));
  line_add(a, out, 2, &inner, STR("type 0: component, the world"));
  for (size_t i = 0; i < inside->lines.count; i++) {
    vec_push(a, out, inside->lines.items[i]);
  }
  line_add(a, out, 2, &export, str_format(a, "export component \"%.*s\"", STR_ARG(id)));
}

static void export_section_add(arena *a, section_line_vec *out, const world *w) {
  buf contents, section;
  buf_init(&contents, a);
  wasm_write_u32(&contents, 1);
  buf_add_byte(&contents, 0x00);
  wasm_write_name(&contents, w->name);
  buf_add(&contents, BYTES("\x03\x00\x00")); /* a type, number 0, not ascribed */
  buf_init(&section, a);
  wasm_write_section(&section, SECTION_EXPORT, buf_str(&contents));
  line_add(a, out, 0, &section, str_format(a, "export section: type 0 as \"%.*s\"", STR_ARG(w->name)));
}

section_line_vec component_type_encode(const model *m, const world *w, string_encoding encoding, arena *a) {
  section_line_vec out = {0};
  component_world inside;
  if (component_world_encode(m, w, 3, a, &inside)) {
    header_add(a, &out, encoding);
    type_section_add(a, &out, w, &inside);
    export_section_add(a, &out, w);
  }
  return out;
}

str component_type_bytes(const section_line_vec *lines, arena *a) {
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < lines->count; i++) {
    buf_add(&b, lines->items[i].bytes);
  }
  return buf_str(&b);
}
