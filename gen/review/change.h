/*
 * Change: what is different between two resolved inputs, as data.
 *
 * review_compare() (compare.h) fills a `review`; whoever shows it (text, JSON, Markdown, HTML) reads only that. A change
 * names the rule that it falls under; rules.h has for each rule the two classes, and a sentence that says why.
 *
 * Two parties are judged apart, each as it was built against the old input, meeting somebody built against the new one:
 *
 *   callers       import the interface and call it: guests for what a world imports, hosts for what it exports
 *   implementers  export the interface: guests for what a world exports, hosts for what it imports
 *
 * Paths name an item without the version of its package, so that both inputs agree on them:
 *
 *   ns:pkg                   a package
 *   ns:pkg/iface             an interface, ns:pkg/world a world
 *   ns:pkg/iface.f           a function; .f.p its parameter, .f.(result) its result
 *   ns:pkg/iface.r.m         a method, static or accessor of a resource; .r.constructor
 *   ns:pkg/iface.t           a type; .t.c its field, case or flag
 *   ns:pkg/world.import.k    an import by its key ("run", "ns:pkg/iface"); .export.k; what is in an inline interface follows
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_CHANGE_H
#define WITGEN_REVIEW_CHANGE_H

#include "review/rules.h"
#include "wit/resolve.h"

/* Which way values of a type travel in the functions of both inputs; a stream or future goes the way of its handle. */
typedef enum type_flow { FLOW_NONE = 0, FLOW_TAKEN = 1, FLOW_RETURNED = 2, FLOW_BOTH = 3 } type_flow;

/* Counted from 1, columns in characters; line 0: nowhere. */
typedef struct position {
  uint32_t line, column;
} position;

typedef struct change {
  change_rule rule;
  change_class callers, implementers;
  str path; /* as above; a moved or renamed item is two changes, with a hint */
  str text; /* "case 'timeout' is new in variant 'error'" */
  str why;  /* one sentence: the rule, and what follows here */
  str hint; /* "perhaps 'f' under a new name"; empty for none */
  type_flow flow; /* of the type, for changes of types; else FLOW_NONE */
  span old_at, new_at; /* no source: not there, or the input has no text (a component) */
  position old_position, new_position; /* of their starts */
} change;

typedef struct change_vec {
  change *items;
  size_t count, cap;
} change_vec;

/* What stands on both sides under one name; one of the two may be NULL. Order: the new input's, then what is gone. */
typedef struct package_pair {
  const package *old, *new;
} package_pair;

typedef struct package_pair_vec {
  package_pair *items;
  size_t count, cap;
} package_pair_vec;

typedef struct review {
  str old_name, new_name; /* the inputs as they were given */
  const resolved *old, *new;
  const world *old_world, *new_world; /* --world; else both NULL: all packages are compared */
  package_pair_vec packages;          /* the main packages first, whatever they are called */
  change_vec changes;                 /* by package, then interface or world in the order of the files */
  size_t callers[CLASS_COUNT], implementers[CLASS_COUNT]; /* how many changes have each class */
  size_t worst[CLASS_COUNT];                              /* the same, by the worse of the two */
} review;

/* The worse of a change's two classes. */
change_class change_worst(const change *c);
/* "none", "taken", "returned", "both" */
const char *flow_name(type_flow f);

#endif
