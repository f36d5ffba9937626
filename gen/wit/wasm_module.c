/*
 * Wasm module: sections of a core module, in the order in which they come: types, imports, functions, exports; and custom
 * sections whose name begins with "component-type", which hold a component with the string encoding.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_module.h"

#include <string.h>

#include "support/vec.h"
#include "wit/files.h"
#include "wit/wasm_reader.h"

enum { SECTION_CUSTOM = 0, SECTION_TYPE = 1, SECTION_IMPORT = 2, SECTION_FUNCTION = 3, SECTION_EXPORT = 7 };

typedef struct module_reader {
  wasm_reader in;
  arena *arena;
  wasm_module *out;
  str_vec types;     /* signatures */
  str_vec functions; /* signatures of all functions, imported ones first */
  str_vec *component_types; /* when not NULL, contents of these sections are all that is wanted */
} module_reader;

/* Types */

static char value_letter(uint8_t code) {
  switch (code) {
  case 0x7f: return 'i';
  case 0x7e: return 'I';
  case 0x7d: return 'f';
  case 0x7c: return 'F';
  default: return '?';
  }
}

/* The rest of a reference type that has its heap type behind it. */
static void skip_value_type(wasm_reader *in, uint8_t code) {
  if (code == 0x63 || code == 0x64)
    reader_s33(in);
}

static void read_values(wasm_reader *in, buf *out) {
  uint32_t count = reader_count(in);
  for (uint32_t i = 0; i < count && !reader_failed(in); i++) {
    uint8_t code = reader_u8(in);
    skip_value_type(in, code);
    buf_add_byte(out, value_letter(code));
  }
}

static void read_types(module_reader *r) {
  uint32_t count = reader_count(&r->in);
  for (uint32_t i = 0; i < count && !reader_failed(&r->in); i++) {
    buf out;
    buf_init(&out, r->arena);
    if (reader_u8(&r->in) != 0x60) {
      reader_fail(&r->in, "type that is not a function's");
      return;
    }
    read_values(&r->in, &out);
    buf_add_byte(&out, ':');
    read_values(&r->in, &out);
    vec_push(r->arena, &r->types, buf_str(&out));
  }
}

static str type_at(module_reader *r, uint32_t index) {
  if (index < r->types.count)
    return r->types.items[index];
  reader_fail(&r->in, "unknown type");
  return STR("");
}

/* Imports, functions, exports */

static void skip_limits(wasm_reader *in) {
  uint8_t flags = reader_u8(in);
  reader_u32(in);
  if (flags & 1)
    reader_u32(in);
}

static void skip_external(wasm_reader *in, wasm_kind kind) {
  uint8_t code = kind == WASM_MEMORY ? 0 : reader_u8(in);
  if (kind == WASM_TAG) {
    reader_u32(in);
    return;
  }
  skip_value_type(in, code);
  if (kind == WASM_GLOBAL)
    reader_u8(in);
  else
    skip_limits(in);
}

static void read_imports(module_reader *r) {
  uint32_t count = reader_count(&r->in);
  for (uint32_t i = 0; i < count && !reader_failed(&r->in); i++) {
    wasm_item item = {.module = reader_name(&r->in)};
    item.name = reader_name(&r->in);
    item.kind = (wasm_kind)reader_u8(&r->in);
    if (item.kind == WASM_FUNC) {
      item.signature = type_at(r, reader_u32(&r->in));
      vec_push(r->arena, &r->functions, item.signature);
    } else {
      skip_external(&r->in, item.kind);
    }
    vec_push(r->arena, &r->out->imports, item);
  }
}

static void read_functions(module_reader *r) {
  uint32_t count = reader_count(&r->in);
  for (uint32_t i = 0; i < count && !reader_failed(&r->in); i++)
    vec_push(r->arena, &r->functions, type_at(r, reader_u32(&r->in)));
}

static void read_exports(module_reader *r) {
  uint32_t count = reader_count(&r->in);
  for (uint32_t i = 0; i < count && !reader_failed(&r->in); i++) {
    wasm_item item = {.name = reader_name(&r->in)};
    item.kind = (wasm_kind)reader_u8(&r->in);
    uint32_t index = reader_u32(&r->in);
    if (item.kind == WASM_FUNC && index < r->functions.count)
      item.signature = r->functions.items[index];
    vec_push(r->arena, &r->out->exports, item);
  }
}

/* The string encoding */

static bool is_header(str bytes, const char *header) {
  return bytes.len >= 8 && memcmp(bytes.ptr, header, 8) == 0;
}

static bool is_component(str bytes) {
  return is_header(bytes, "\0asm\x0d\0\1\0");
}

static void add_encoding(wasm_module *out, uint8_t encoding) {
  if (encoding > ENCODING_LATIN1_UTF16)
    return;
  if (out->encodings == 0)
    out->encodings = 1;
  else if (out->encoding != (string_encoding)encoding)
    out->encodings = 2;
  out->encoding = (string_encoding)encoding;
}

/* A component-type section. What cannot be read says nothing: it is for other tools to judge. */
static void read_component_type(wasm_module *out, str bytes) {
  wasm_reader in;
  if (!is_component(bytes))
    return;
  wasm_reader_init(&in, bytes);
  in.at = 8;
  while (in.at < in.end && !reader_failed(&in)) {
    uint8_t id = reader_u8(&in);
    uint32_t size = reader_u32(&in);
    if (size > in.end - in.at)
      return;
    wasm_reader section = in;
    section.end = in.at + size;
    in.at = section.end;
    if (id == SECTION_CUSTOM && str_eq_c(reader_name(&section), "wit-component-encoding") && reader_u8(&section) == 4)
      add_encoding(out, reader_u8(&section));
  }
}

static void read_custom(module_reader *r) {
  str name = reader_name(&r->in);
  str contents = str_sub(r->in.bytes, r->in.at, r->in.end);
  if (!reader_failed(&r->in) && str_starts_with(name, "component-type")) {
    if (r->component_types)
      vec_push(r->arena, r->component_types, contents);
    else
      read_component_type(r->out, contents);
  }
  r->in.at = r->in.end;
}

/* Sections */

static void read_section(module_reader *r, uint8_t id) {
  if (r->component_types && id != SECTION_CUSTOM)
    return;
  switch (id) {
  case SECTION_CUSTOM: read_custom(r); break;
  case SECTION_TYPE: read_types(r); break;
  case SECTION_IMPORT: read_imports(r); break;
  case SECTION_FUNCTION: read_functions(r); break;
  case SECTION_EXPORT: read_exports(r); break;
  default: break;
  }
}

static void read_sections(module_reader *r) {
  size_t end = r->in.end;
  r->in.at = 8;
  while (r->in.at < end && !reader_failed(&r->in)) {
    uint8_t id = reader_u8(&r->in);
    uint32_t size = reader_u32(&r->in);
    size_t next = r->in.at + size;
    if (size > end - r->in.at) {
      reader_fail(&r->in, "section is longer than what is left");
      return;
    }
    r->in.end = next;
    read_section(r, id);
    if (reader_failed(&r->in))
      return;
    r->in.at = next;
    r->in.end = end;
  }
}

bool wasm_module_read(const char *path, arena *a, diag *d, wasm_module *out) {
  module_reader r = {.arena = a, .out = out};
  str bytes;
  *out = (wasm_module){0};
  if (!wit_files_on_disk.read(&wit_files_on_disk, str_of(path), a, d, &bytes))
    return false;
  if (is_component(bytes)) {
    diag_error(d, SPAN_NONE, "'%s' is a component", path);
    diag_note(d, SPAN_NONE, "give the core module in it, as it was before 'wasm-tools component new'");
    return false;
  }
  if (!is_header(bytes, "\0asm\1\0\0\0")) {
    diag_error(d, SPAN_NONE, "'%s' is not a WebAssembly module", path);
    return false;
  }
  wasm_reader_init(&r.in, bytes);
  read_sections(&r);
  if (!reader_failed(&r.in))
    return true;
  diag_error(d, SPAN_NONE, "cannot read module '%s': %s at byte %zu", path, r.in.why, r.in.why_at);
  return false;
}

bool wasm_module_is(str bytes) {
  return is_header(bytes, "\0asm\1\0\0\0");
}

bool wasm_module_component_types(str bytes, str path, arena *a, diag *d, str_vec *out) {
  module_reader r = {.arena = a, .component_types = out};
  wasm_reader_init(&r.in, bytes);
  read_sections(&r);
  if (reader_failed(&r.in)) {
    diag_error(d, SPAN_NONE, "cannot read module '%.*s': %s at byte %zu", STR_ARG(path), r.in.why, r.in.why_at);
    return false;
  }
  if (out->count > 0)
    return true;
  diag_error(d, SPAN_NONE, "'%.*s' is a core module that does not say what it was made from", STR_ARG(path));
  diag_note(d, SPAN_NONE, "it has no component-type section: it was not made from WIT, or a tool has taken it off");
  return false;
}
