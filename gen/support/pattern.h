/*
 * Pattern: one name, or many by a regular expression between slashes.
 *
 *   wasi:io/poll     that name and no other, byte for byte
 *   /wasi:[a-z]+#.+/ every name that the expression (PCRE2) matches as a whole
 *
 * No WIT name begins with a slash, so nothing means both. A pattern ends at the first slash with nothing, a comma or, in
 * a renaming, '=' behind it; slashes and commas inside stand for themselves, and `\/` never ends it.
 *
 * Expressions are compiled for the processor where that is allowed, and interpreted elsewhere. Steps, nesting and memory
 * of a match are limited; one that runs into a limit is an error, never "no match". What a pattern holds is the arena's,
 * except for machine code: pattern_release().
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_PATTERN_H
#define WITGEN_SUPPORT_PATTERN_H

#include "support/diag.h"

typedef struct pattern {
  str text;                   /* as written: a name, or "/…/" */
  struct pattern_code *code;  /* NULL: a name */
} pattern;

typedef enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_FAILED } pattern_answer;

/* Where the slash is that ends the pattern which begins at `from`: `next` or the end of `text` follows. Or text.len. */
size_t pattern_end(str text, size_t from, char next);

/*
 * The item of a list at `*at`, which moves behind its comma; items are names or patterns, with 'import:', 'export:' or
 * '-' before them. False after the last one.
 */
bool pattern_list_next(str list, size_t *at, str *item);

/* What an option said, for messages about places in it: "--sync:1:9: error: …". */
const source *pattern_source(arena *a, const char *option, str text);

/* Reads the pattern or name that bytes from..end of `s` hold. False, with the reason in `d`, when it is no pattern. */
bool pattern_init(pattern *p, const source *s, size_t from, size_t end, arena *a, diag *d);
void pattern_release(pattern *p);

/* Whether `p` is `name` or matches the whole of it; PATTERN_FAILED with the reason in the diag of pattern_init. */
pattern_answer pattern_match(const pattern *p, str name);

/*
 * What `replacement` (the rest of the pattern's source, from byte `at`) makes of a name that the pattern matches: `$1`,
 * `${name}` and PCRE2's extended forms. False, with the reason in the diag, when it is no replacement.
 */
bool pattern_replace(const pattern *p, str name, size_t at, str *out);

/* Notes why a pattern that matches none of `names` does not: it matches a part of one, or looks for something else. */
void pattern_note_names(const pattern *p, const str_vec *names, diag *d);

#endif
