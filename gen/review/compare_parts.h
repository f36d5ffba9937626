/*
 * Parts of compare: what its files share. Nobody else includes this.
 *
 * First everything that has one name on both sides is paired (pair.c), down to types: `partner` then says what a type of
 * the old input is called to in the new one, so that two mentions of it are no change. Then the pairs are compared from
 * the outside in: compare.c has packages and interfaces, compare_world.c worlds, compare_func.c functions,
 * compare_type.c definitions of types, compare_gate.c attributes and documentation. flow.c and same.c answer questions
 * about types, type_text.c writes them, hint.c guesses what was renamed or moved.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_COMPARE_PARTS_H
#define WITGEN_REVIEW_COMPARE_PARTS_H

#include "review/compare.h"
#include "support/table.h"
#include "support/vec.h"

/* Something with a name that is unique on its side. */
typedef struct named {
  str name;
  const void *item;
} named;

typedef struct named_vec {
  named *items;
  size_t count, cap;
} named_vec;

/* Two things of one name; NULL: only on the other side. */
typedef struct item_pair {
  const void *old, *new;
} item_pair;

typedef struct item_pair_vec {
  item_pair *items;
  size_t count, cap;
} item_pair_vec;

/* A function, or an interface, that came or went, and the change that says so. */
typedef struct hint_item {
  size_t change;
  const func *func; /* NULL: the interface itself */
  const interface *interface;
  bool added;
} hint_item;

typedef struct hint_item_vec {
  hint_item *items;
  size_t count, cap;
} hint_item_vec;

typedef struct comparison {
  arena *arena;
  review *out;
  const review_side *old, *new;
  uint32_t *old_package, *new_package; /* by package id: index in out->packages */
  bool *old_several, *new_several;     /* by package id: there is another version of it, too */
  const type **partner;                /* by id of an old type: the new one of its name, or likely new name; or NULL */
  bool *is_partner;                    /* by id of a new type: some old type has its name */
  const type **was;                    /* by id of a new type: the old one whose likely new name it is, or NULL */
  uint8_t *old_flow, *new_flow;        /* by type id: type_flow */
  bool is_mixed;                       /* one input's main package is made up for its world, the other's is not */
  bool *old_scope, *new_scope;         /* by interface id: part of the comparison; NULL: all are */
  hint_item_vec hints;
  table old_hidden, new_hidden;        /* hidden */
  table equal, same;                   /* pairs of types that were compared in full: what came out */
} comparison;

/* Two places of one item. */
typedef struct places {
  span old, new;
} places;

/* compare.c */

/* Adds a change under a rule with that rule's classes; what else there is to say can be put into the result. */
change *change_add(comparison *c, change_rule r, str path, places at, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Adds to the sentence that says why. */
void change_explain(comparison *c, change *ch, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "a.b" */
str path_member(const comparison *c, str path, str name);
/* "ns:pkg", or "ns:pkg/item" when `item` is not empty */
str path_item(const comparison *c, const package *p, str item);
void compare_interface(comparison *c, const interface *old, const interface *new, str path);

/* pair.c */

/* First in the order of `new`, then what only `old` has. */
item_pair_vec pair_named(arena *a, const named_vec *old, const named_vec *new);
item_pair_vec pair_types(const comparison *c, const type_vec *old, const type_vec *new);
item_pair_vec pair_funcs(const comparison *c, const func_vec *old, const func_vec *new);
item_pair_vec pair_members(const comparison *c, const member_vec *old, const member_vec *new);
item_pair_vec pair_params(const comparison *c, const param_vec *old, const param_vec *new);
/* Only those that are part of the comparison. */
item_pair_vec pair_interfaces(const comparison *c, const package_pair *p);
/* When no world is chosen. */
item_pair_vec pair_worlds(const comparison *c, const package_pair *p);
item_pair_vec pair_items(const comparison *c, const world_item_vec *old, const world_item_vec *new);
/* Fills out->packages, the indices into it, and `partner`. */
void pair_all(comparison *c);
void pair_renamed(comparison *c);
/* Whether both are one interface of a pair of packages. */
bool interfaces_paired(const comparison *c, const interface *old, const interface *new);

/* world_use.c */

/* A component imports what it calls and no more. Whether the input whose item this would be is one, compared with what is none. */
bool import_is_partial(const comparison *c, const review_side *side);
/* The same for what is in `i`: also whether the component imports it. */
bool interface_is_partial(const comparison *c, const review_side *side, const interface *i);

/* flow.c */

/* By type id: which way its values go in the functions of `m`. */
uint8_t *flow_assign(const model *m, arena *a);
type_flow flow_of(const comparison *c, const type *old, const type *new);

/* same.c */

typedef enum sameness {
  SAME,       /* one name, or one structure without names */
  RESPELLED,  /* another name for it, the same C type */
  RENAMED,    /* equal for the component model, another C type */
  DIFFERENT
} sameness;

/* What a place that mentioned `old` and mentions `new` has become. Definitions that share a name count as the same. */
sameness type_sameness(comparison *c, const type *old, const type *new);
/* Whether the component model takes both for equal, without looking at names of the types themselves. */
bool type_equal(comparison *c, const type *old, const type *new);

/* Of two types of one kind that may have names: how their parts compare. */
sameness parts_sameness(comparison *c, const type *old, const type *new);

/* type_text.c: a type as it is mentioned ("list<u8>", "error-code"), and the word for its kind ("record"). */
str type_text(arena *a, const type *t);
/* What a name stands for: "list<u8>", "record". */
str type_structure_text(arena *a, const type *t);
const char *type_kind_word(const type *t);

/* positions.c: lines and columns of all changes. */
void positions_assign(comparison *c);

/* hint.c: guesses */

/* Types of an interface that have only another name now become partners, too. */
void pair_renamed_types(comparison *c, const interface *old, const interface *new);
/* Keeps what the newest change is about: a function of `i`, or `i` itself when `f` is NULL. */
void hint_keep(comparison *c, const func *f, const interface *i, bool added);
void hint_all(comparison *c);

/* hidden.c: items that are there, but behind a feature that is not on. */

typedef struct hidden {
  bool found;
  str feature;
  span at;
} hidden;

/* Fills a table with all such items of an input. */
void hidden_index(comparison *c, table *t, const review_side *side);
/* An interface or world of the package, or a function, type or item (item_part) in it when `part` is not empty. */
hidden hidden_find(const table *t, const package *p, str item, str part);
void gate_opened(comparison *c, hidden old, span new_at, str path, str what);
void gate_closed(comparison *c, hidden new, span old_at, str path, str what);

/* compare_func.c, compare_type.c, compare_member.c, compare_gate.c, compare_world.c */

/* "method 'm' of 'r'" */
str func_text(const comparison *c, const func *f);
str func_path(const comparison *c, str path, const func *f);
void compare_func(comparison *c, const func *old, const func *new, str path);
void compare_funcs(comparison *c, const interface *old, const interface *new, str path);
/* A mention in a function or type: tells when it is not the same, under `r` if it is another type. */
void compare_mention(comparison *c, change_rule r, const type *old, const type *new, str path, places at,
                     const char *what);
void compare_type(comparison *c, const type *old, const type *new, str path);
void compare_members(comparison *c, const type *old, const type *new, str path);
void compare_types(comparison *c, const interface *old, const interface *new, str path);

/* What people wrote around an item. */
typedef struct notes_on {
  const stability *stability; /* or NULL */
  const docs *docs;
  bool has_external_id;
  str external_id;
  span at;
} notes_on;

void compare_notes(comparison *c, notes_on old, notes_on new, str path, const char *what);
span item_at(const world_item *item);
/* "import ns:pkg/iface", without a version. */
str item_part(const comparison *c, const world_item *item, const char *word);
void compare_world(comparison *c, const world *old, const world *new, str path);

#endif
