/*
 * Diag: source texts, positions in them, and everything that witgen says to people.
 *
 * Each phase reports through one `diag`. Messages are kept and printed in order at the end (or when a test asks for
 * them), as
 *
 *   clock.wit:12:25: error: unknown type 'instnt'
 *      12 |   subscribe: func(when: instnt) -> pollable;
 *         |                         ^^^^^^
 *   clock.wit:4:8: note: interface 'clock' declares 'instant' here; did you mean that?
 *
 * Texts are in lower case, without a full stop, names in single quotes. Columns count characters (code points) from 1;
 * the caret run honours tabs and wide characters. A span over several lines is underlined on its first.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_DIAG_H
#define WITGEN_SUPPORT_DIAG_H

#include <stdint.h>
#include <stdio.h>

#include "support/str.h"
#include "support/vec.h"

typedef struct source {
  str path; /* as shown to people, relative as given */
  str text;
} source;

/* Bytes start..end of one source; a NULL source means no position is known. */
typedef struct span {
  const source *source;
  uint32_t start, end;
} span;

#define SPAN_NONE ((span){NULL, 0, 0})

typedef enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } diag_level;

typedef struct diag_message {
  diag_level level;
  span at;
  str text;
} diag_message;

typedef struct diag_message_vec {
  diag_message *items;
  size_t count, cap;
} diag_message_vec;

typedef struct diag {
  arena *arena;
  diag_message_vec messages;
  size_t errors;
  size_t limit;  /* errors kept; later ones are only counted, and their notes dropped */
  bool dropping; /* the error before was not kept */
} diag;

void diag_init(diag *d, arena *a);

void diag_error(diag *d, span at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diag_warning(diag *d, span at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A second place that belongs to the message before it. */
void diag_note(diag *d, span at, const char *format, ...) __attribute__((format(printf, 3, 4)));

bool diag_failed(const diag *d);

/* Line and column, both from 1, of the start of a span that has a source. */
void diag_position(span at, uint32_t *line, uint32_t *column);

/* Writes all messages; `color` adds ANSI colours. */
void diag_print(const diag *d, FILE *out, bool color);

/* The candidate nearest to `wanted` by edit distance, if near enough to be a likely slip; else an empty str. */
str diag_nearest(str wanted, const str *candidates, size_t count);

#endif
