/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Which functions of a module have odd types: one pass over the sections for types, imports, functions and exports. The
 * binary form is that of WebAssembly 3.0 (5.3 Types, 5.5 Modules), with its type groups.
 */
#include <stdlib.h>

#include "module.h"
#include "reader.h"

typedef struct marks {
  uint8_t *odd_types, *odd_functions; /* one byte each */
  size_t types, functions, room;
  bool any, outside, unreadable;
} marks;

/* ---- Types ---- */

/* Whether it is odd: neither i32, i64, f32, f64, funcref nor externref. */
static bool read_value_type(reader *r) {
  uint8_t type = read_byte(r);
  if (type == 0x63 || type == 0x64) skip_number(r); /* a reference to a type, by its number */
  return !(type >= 0x7c && type <= 0x7f) && type != 0x70 && type != 0x6f;
}

static bool read_value_types(reader *r) {
  bool odd = false;
  for (uint32_t n = read_number(r); n && r->left; n--) odd |= read_value_type(r);
  return odd;
}

static void read_field(reader *r) {
  read_value_type(r); /* i8 and i16 are one byte too */
  read_byte(r);
}

static void read_type(marks *m, reader *r) {
  bool odd = false;
  uint8_t form = read_byte(r);
  if (form == 0x50 || form == 0x4f) {
    for (uint32_t n = read_number(r); n && r->left; n--) skip_number(r);
    form = read_byte(r);
  }
  if (form == 0x60) {
    odd = read_value_types(r);
    odd |= read_value_types(r);
  } else if (form == 0x5f) {
    for (uint32_t n = read_number(r); n && r->left; n--) read_field(r);
  } else if (form == 0x5e) {
    read_field(r);
  } else {
    m->unreadable = true;
  }
  if (m->types == m->room) m->unreadable = true;
  else m->odd_types[m->types++] = odd;
  m->any |= odd;
}

static void read_types(marks *m, reader r) {
  for (uint32_t n = read_number(&r); n && r.left && !m->unreadable; n--) {
    uint32_t group = 1;
    if (*r.at == 0x4e) {
      read_byte(&r);
      group = read_number(&r);
    }
    for (; group && r.left && !m->unreadable; group--) read_type(m, &r);
  }
}

/* ---- Functions ---- */

/* The next function, of the type whose number follows. */
static bool read_function(marks *m, reader *r) {
  uint32_t type = read_number(r);
  if (type >= m->types || m->functions == m->room) return m->unreadable = true;
  bool odd = m->odd_types[type];
  m->odd_functions[m->functions++] = odd;
  return odd;
}

static void read_limits(reader *r) {
  uint8_t flags = read_byte(r);
  skip_number(r);
  if (flags & 1) skip_number(r);
  if (flags & 8) skip_number(r);
}

static void read_import(marks *m, reader *r) {
  read_part(r, read_number(r));
  read_part(r, read_number(r));
  switch (read_byte(r)) {
    case 0: m->outside |= read_function(m, r); break;
    case 1:
      read_value_type(r);
      read_limits(r);
      break;
    case 2: read_limits(r); break;
    case 3: read_field(r); break;
    case 4:
      read_byte(r);
      skip_number(r);
      break;
    default: m->unreadable = true;
  }
}

/* Tables of functions are plain. What begins with its elements' value is not read further. */
static void read_tables(marks *m, reader r) {
  for (uint32_t n = read_number(&r); n && r.left; n--) {
    uint8_t type = read_byte(&r);
    if (type != 0x70 && type != 0x6f) m->any = true;
    if (type == 0x40 || type == 0x63 || type == 0x64) return;
    read_limits(&r);
  }
}

static void read_export(marks *m, reader *r) {
  read_part(r, read_number(r));
  uint8_t kind = read_byte(r);
  uint32_t index = read_number(r);
  if (kind != 0) return;
  if (index >= m->functions) m->unreadable = true;
  else m->outside |= m->odd_functions[index];
}

static void read_contents(marks *m, uint8_t section, reader r) {
  if (section == 1) read_types(m, r);
  if (section == 4) read_tables(m, r);
  if (section != 2 && section != 3 && section != 7) return;
  for (uint32_t n = read_number(&r); n && r.left && !m->unreadable; n--) {
    if (section == 2) read_import(m, &r);
    else if (section == 3) read_function(m, &r);
    else read_export(m, &r);
  }
}

withost__module_types withost__module_check_types(const uint8_t *bytes, size_t size) {
  reader r = {bytes, size}, content;
  uint8_t section;
  marks m = {.room = size}; /* each takes a byte at least */
  m.odd_types = calloc(1, size);
  m.odd_functions = calloc(1, size);
  m.unreadable = !m.odd_types || !m.odd_functions;
  read_part(&r, 8);
  while (!m.unreadable && read_section(&r, &section, &content)) read_contents(&m, section, content);
  free(m.odd_types);
  free(m.odd_functions);
  if (m.outside || m.unreadable) return WITHOST__TYPES_ODD_OUTSIDE;
  return m.any ? WITHOST__TYPES_ODD_INSIDE : WITHOST__TYPES_PLAIN;
}
