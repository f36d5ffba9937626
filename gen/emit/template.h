/*
 * Template: fixed C text with `${name}` holes, and nothing else.
 *
 * Templates are files below templates/, built into the program; their names are paths there ("guest/header.h.in"). With
 * --templates DIR a file of the same name below DIR takes the place of the built-in one. It must have the same holes.
 * A line that holds a hole and nothing else disappears when the value is empty; a value there ends its own last line.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_TEMPLATE_H
#define WITGEN_EMIT_TEMPLATE_H

#include "support/diag.h"
#include "support/inputs.h"

typedef struct templates {
  str *texts; /* one for each built-in template: its text, or the text of the file that replaces it */
  arena *arena;
} templates;

typedef struct template_hole {
  const char *name;
  str value;
} template_hole;

/* Reads what `dir` replaces (empty: nothing), and tells `in` (or NULL) what that was. False, with the reasons in `d`: unreadable files, unknown or missing holes. */
bool templates_init(templates *t, str dir, inputs *in, arena *a, diag *d);

/* Gives `take` every name that the template `name` makes of a hole and text behind it: "w_event_t" of "${world}_event_t". */
void template_names(const templates *t, const char *name, const template_hole *hole, void (*take)(void *context, str name),
                    void *context);

/* Appends the template `name`, which exists, with its holes filled; `holes` has a value for each. */
void template_expand(const templates *t, const char *name, const template_hole *holes, size_t count, buf *out);

#endif
