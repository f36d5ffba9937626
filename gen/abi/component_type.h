/*
 * Component type: the `component-type` custom section that tells componentizing tools what a core module means.
 *
 * Format: see component_type.c; the reference encoder is wit-component's metadata.rs.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_ABI_COMPONENT_TYPE_H
#define WITGEN_ABI_COMPONENT_TYPE_H

#include "model/model.h"

typedef enum string_encoding { ENCODING_UTF8, ENCODING_UTF16, ENCODING_LATIN1_UTF16 } string_encoding;

/* One piece of the section, so that it can be printed as readable assembly: bytes, and what they say. */
typedef struct section_line {
  str bytes;
  str comment;    /* e.g. `func "f" (type 3)`; no newline, no comment delimiters */
  uint32_t depth; /* nesting, for indentation */
} section_line;

typedef struct section_line_vec {
  section_line *items;
  size_t count, cap;
} section_line_vec;

/*
 * The payload of the custom section for `w`: concatenating the bytes of all lines gives the component binary. Empty
 * when an interface uses a type of another that the world lists only later, or not at all; resolution makes no such
 * world.
 */
section_line_vec component_type_encode(const model *m, const world *w, string_encoding encoding, arena *a);

/* The bytes of all lines. */
str component_type_bytes(const section_line_vec *lines, arena *a);

/* "component-type:{world}{suffix}" */
str component_type_section_name(str world_name, str suffix, arena *a);
/* "__component_type_object_force_link_{world_snake}" */
str component_type_force_link_symbol(str world_snake, arena *a);

/* A wasm object file (`{world}_component_type.o`): the section, and an empty function that links force in. */
str component_type_object(str section_name, str payload, str force_link_symbol, arena *a);

#endif
