/*
 * Body: one C function while it is written, line by line.
 *
 * A body knows the indentation and the names that are taken in the function, so that temporaries never meet parameters.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_BODY_H
#define WITGEN_EMIT_BODY_H

#include "emit/guest.h"

typedef struct body {
  guest *guest;
  const view *view;
  arena *arena;
  buf *out;
  unsigned depth;
  table names;
} body;

void body_init(body *b, guest *g, buf *out);
void body_release(body *b);

/* `wanted`, or `wanted1`, `wanted2`, … when the function has that name already. */
str body_name(body *b, str wanted);

/* One indented line. body_open also starts a block after it; body_close ends one, then prints the line: "}". */
void body_line(body *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void body_open(body *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void body_close(body *b, const char *line);

/* `head(items…)tail`, broken after commas where it would be too wide; an empty list prints `empty`. */
void body_list(body *b, str head, const str_vec *items, const char *empty, const char *tail);

/* A declaration: "uint8_t x", "char *x". */
str c_declare(arena *a, str ctype, str name);

#endif
