/*
 * Func filter: which functions of a world an option means (`--sync FILTER`, `--include`, `--exclude`, `--for-task-only`).
 *
 * A filter is a function (`ns:pkg/iface#f`, `label#[method]r.m`, or `f` of the world itself), with most options also an
 * interface, which stands for all its functions; a pattern (support/pattern.h) for such names; or one of these with
 * `import:` or `export:` in front. Several may stand in one option, separated by commas; what they mean adds up. One that
 * means nothing in the world is an error.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_FUNC_FILTER_H
#define WITGEN_EMIT_FUNC_FILTER_H

#include "model/model.h"
#include "support/pattern.h"
#include "support/table.h"

/* One filter as written. */
typedef struct filter_rule {
  str text;
  pattern name;
  bool imported, exported;         /* the sides it applies to */
  str first_import, first_export;  /* the first that has the name, whether or not the rule applies there; or empty */
} filter_rule;

typedef struct filter_rule_vec {
  filter_rule *items;
  size_t count, cap;
} filter_rule_vec;

/* What names an option takes besides those of functions. */
typedef enum filter_form {
  FILTER_ALL,        /* 'all' */
  FILTER_INTERFACES, /* interfaces */
  FILTER_IMPORTS     /* interfaces; it is about imports alone */
} filter_form;

typedef struct func_filter {
  const char *option; /* "--sync" */
  filter_form form;
  bool all;
  filter_rule_vec rules;
  table imports, exports; /* names that are meant */
  arena *arena;
} func_filter;

/*
 * Reads what `option` said, each text a list of filters; false, with the reasons in `d`, when one means nothing in `w`.
 * To be released in either case.
 */
bool func_filter_init(func_filter *s, const char *option, filter_form form, const str_vec *texts, const world *w,
                      arena *a, diag *d);
void func_filter_release(func_filter *s);

/* Whether the option was given. */
bool func_filter_given(const func_filter *s);

/* Whether `f`, which `item` of the world imports or exports, is meant. */
bool func_filter_has(const func_filter *s, const world_item *item, const func *f, bool imported);

/* Whether a whole import or export is meant by its own name. */
bool func_filter_has_item(const func_filter *s, const world_item *item, bool imported);

#endif
