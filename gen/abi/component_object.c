/*
 * Component object: the type section as a linkable object file.
 *
 * A wasm object with one empty function. The function's symbol is what generated code refers to, so that a linker takes
 * the object out of an archive; the custom section comes along. Format: tool-conventions, Linking.md.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/component_type.h"
#include "abi/wasm_write.h"

enum { SECTION_CUSTOM = 0, SECTION_TYPE = 1, SECTION_FUNC = 3, SECTION_CODE = 10 };
enum { LINKING_VERSION = 2, LINKING_SYMBOL_TABLE = 8 };

#define BYTES(literal) ((str){literal, sizeof(literal) - 1})

str component_type_section_name(str world_name, str suffix, arena *a) {
  return str_format(a, "component-type:%.*s%.*s", STR_ARG(world_name), STR_ARG(suffix));
}

str component_type_force_link_symbol(str world_snake, arena *a) {
  return str_format(a, "__component_type_object_force_link_%.*s", STR_ARG(world_snake));
}

/* The symbol table of the linking section: function 0 under an explicit name. */
static str linking_contents(str symbol, arena *a) {
  buf table, b;
  buf_init(&table, a);
  buf_add(&table, BYTES("\x01\x00\x00\x00")); /* one symbol: a function, no flags, number 0 */
  wasm_write_name(&table, symbol);
  buf_init(&b, a);
  wasm_write_name(&b, STR("linking"));
  buf_add_byte(&b, LINKING_VERSION);
  wasm_write_section(&b, LINKING_SYMBOL_TABLE, buf_str(&table));
  return buf_str(&b);
}

str component_type_object(str section_name, str payload, str force_link_symbol, arena *a) {
  buf b, custom;
  buf_init(&b, a);
  buf_add(&b, BYTES("\0asm\1\0\0\0"));
  wasm_write_section(&b, SECTION_TYPE, BYTES("\x01\x60\x00\x00")); /* () -> () */
  wasm_write_section(&b, SECTION_FUNC, BYTES("\x01\x00"));         /* one function of it */
  wasm_write_section(&b, SECTION_CODE, BYTES("\x01\x02\x00\x0b")); /* no locals, end */
  buf_init(&custom, a);
  wasm_write_name(&custom, section_name);
  buf_add(&custom, payload);
  wasm_write_section(&b, SECTION_CUSTOM, buf_str(&custom));
  wasm_write_section(&b, SECTION_CUSTOM, linking_contents(force_link_symbol, a));
  return buf_str(&b);
}
