/*
 * Names: how WIT names are spelled in C.
 *
 * The mapping, as `wit-bindgen c` 0.63 has it (source compatibility is the promise), stated so that it can be tested:
 *
 *   snake(n)   words in lower case, joined by '_':  `foo-bar` -> foo_bar, `XML` -> xml
 *   shouty(n)  the same in upper case:              `foo-bar` -> FOO_BAR
 *   ident(n)   a member or a parameter: snake(n), with one '_' behind it when the result is a word of C or C++ (or one of
 *              ret, err, stdin, stdout, stderr), a type that the output uses (`uint8_t`), or begins like a name of
 *              libwitguest or libwithost; on the host also when it is a macro of a C library (`errno`, `linux`)
 *   prefix     of an imported interface ns_pkg_iface, with the version when several are loaded; of an exported one
 *              exports_ns_pkg_iface; of an inline or labelled one its label; of the world's own types {world}
 *   T          a named type {prefix}_{snake}_t; an anonymous one is composed: list_T option_T result_O_E tupleN_A_B map_K_V
 *              future_T stream_T own_R borrow_R listN_T (fixed length), `void` where a payload is absent
 *   f          {prefix}_{snake}; `[method]r.m` -> method_r_m, `[constructor]r` -> constructor_r, `[get]p` -> get_p;
 *              world level: {world}_f for imports, exports_{world}_f for exports
 *   macro      {PREFIX}_{TYPE}_{CASE}
 *
 * Theorem. Within one scope (a record's fields, a variant's cases, a function's parameters) ident is injective: WIT
 * names have no '_', the parser refuses names of one scope that are equal without hyphens and case, so snake is
 * injective there; and no snake ends in '_', so an escaped word meets no other name.
 * At file scope the parts are joined by '_', and joins can meet (`a-b` + `c` and `a` + `b-c`; a type `list-u8` and a
 * `list<u8>`). Each name is claimed in a name_scope, those of the templates too; a second claim is an error that shows
 * both places, and so is a claim of what a C library has, as a function, a type or a macro (`pthread_create`,
 * `INT_FAST8_MAX`). Members and parameters may not be spelled like claimed names, which they would hide. What the output
 * keeps to itself (core imports, static functions) has a "__" where its name is joined: no other name has.
 *
 * Macros. WIT names that are macros once the user includes certain headers (`errno`, `linux`) keep their plain spelling
 * in a guest's header, since code written for the reference tool uses it; the header sets such macros aside while it
 * declares its names, so that it means the same whatever was included before.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_NAMES_H
#define WITGEN_EMIT_NAMES_H

#include "model/model.h"
#include "support/table.h"

str names_snake(arena *a, str name);
str names_shouty(arena *a, str name);
/* Spelling of a record field, a union member of a variant, or a parameter. */
str names_ident(arena *a, str name);
/* The same in a host's header. */
str names_ident_on_host(arena *a, str name);
/* Whether C libraries have a macro without parameters of that name. */
bool names_is_macro(str word);
/* Whether the C library has a header `word`.h. */
bool names_is_header(str word);
/* Whether `word` cannot be an identifier: a keyword of C11, C23 or C++23, or one of the extra words above. */
bool names_is_reserved(str word);
/* Whether `text` is an identifier of C. */
bool names_is_identifier(str text);
/* Whether an identifier is like those of WIT names: no '_' at an end, nor two in a row. */
bool names_is_public(str identifier);
/* Whether the world's name, or what --rename-world says, makes one; an error if not. */
bool names_check_world(str name, arena *a, diag *d);

/* "uint8_t", "double", "bool"; char is "uint32_t". NULL for string and error-context, which belong to a world. */
const char *names_scalar(type_kind kind);

/* All names that one C file declares at file scope. */
typedef struct name_scope {
  arena *arena;
  diag *diag;
  table claims;
  const char *library; /* what the names of a library of the output begin with, in any case: "withost"; or "" */
  bool refused_builtin; /* a name of the templates was foreign */
} name_scope;

void name_scope_init(name_scope *s, arena *a, diag *d);
void name_scope_release(name_scope *s);

/*
 * Claims the C name `name` for the WIT item at `at`, which people know as `kind` 'item' ("function", "f"; `item` may be
 * empty). False, after an error with both places, when another item has the name, or when it is a keyword or belongs to
 * a header that the output includes.
 */
bool name_scope_claim(name_scope *s, str name, span at, const char *kind, str item);

/* Claims a name for the templates, which may do so twice. What is wrong with it by itself is said at `of`, the
 * world. */
void name_scope_claim_builtin(name_scope *s, str name, span of, const char *kind);

/* An error with both places when a name that belongs to a scope inside is claimed. */
void name_scope_check_hidden(name_scope *s, str name, span at, const char *kind, str item);

/* Whether anybody claimed `name`. */
bool name_scope_has(const name_scope *s, str name);

#endif
