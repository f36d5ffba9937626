/*
 * Order: packages by dependency.
 *
 * Starting from every package in the order of their names, a package comes after those that it mentions, in the order in
 * which it mentions them. The walk keeps its own stack, because input decides how deep it goes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>

#include "wit/resolve_parts.h"

typedef struct frame {
  unit *unit;
  size_t next; /* mention to follow */
} frame;

typedef struct frame_vec {
  frame *items;
  size_t count, cap;
} frame_vec;

static int compare_packages(const package_name *a, const package_name *b) {
  int order = str_compare(a->ns, b->ns);
  order = order != 0 ? order : str_compare(a->name, b->name);
  if (order != 0 || !a->has_version || !b->has_version) {
    return order != 0 ? order : (int)a->has_version - (int)b->has_version;
  }
  return semver_compare(&a->version, &b->version);
}

static int compare_units(const void *a, const void *b) {
  return compare_packages(&(*(unit *const *)a)->package.name, &(*(unit *const *)b)->package.name);
}

static void report_twice(resolver *r, const unit *u, const package *other) {
  diag_error(r->diag, u->package.at, "package '%.*s' is defined twice", STR_ARG(u->text));
  diag_note(r->diag, other->at, "the other one is here");
}

/* Whether neither a binary dependency nor a path before this one has the package. */
static bool is_new(resolver *r, const unit *u) {
  const linked_package *linked = table_get(&r->packages, u->text);
  if (linked == NULL) {
    return true;
  }
  if (linked->unit != NULL) {
    report_twice(r, u, linked->package);
  } else {
    diag_error(r->diag, u->package.at, "package '%.*s' is also in a binary dependency", STR_ARG(u->text));
  }
  return false;
}

static bool index_units(resolver *r, table *by_name) {
  bool ok = true;
  table_init(by_name, r->arena);
  for (size_t i = 0; i < r->units.count; i++) {
    unit *u = r->units.items[i];
    const unit *previous = table_add(by_name, u->text, u);
    if (previous != NULL) {
      report_twice(r, u, &previous->package);
    }
    ok = previous == NULL && is_new(r, u) && ok;
  }
  return ok;
}

static void report_cycle(resolver *r, const frame_vec *stack, const foreign_package *mention) {
  diag_error(r->diag, mention->at, "package '%.*s' depends on itself", STR_ARG(mention->text));
  for (size_t i = 0; i + 1 < stack->count; i++) {
    const frame *f = &stack->items[i];
    const foreign_package *via = f->unit->foreign.items[f->next - 1];
    if (via != mention) {
      diag_note(r->diag, via->at, "package '%.*s' needs '%.*s' here", STR_ARG(f->unit->text), STR_ARG(via->text));
    }
  }
}

/* Follows the next mention of the package on top. Returns false on a cycle. */
static bool step(resolver *r, const table *by_name, frame_vec *stack, unit_vec *sorted) {
  frame *top = &stack->items[stack->count - 1];
  if (top->next == top->unit->foreign.count || top->unit->is_sorted) {
    if (!top->unit->is_sorted) {
      vec_push(r->arena, sorted, top->unit);
    }
    top->unit->is_sorted = true;
    top->unit->is_active = false;
    stack->count--;
    return true;
  }
  const foreign_package *mention = top->unit->foreign.items[top->next++];
  unit *u = table_get(by_name, mention->text);
  if (u == NULL || u->is_sorted) {
    return true; /* unknown ones are reported when they are linked */
  }
  if (u->is_active) {
    report_cycle(r, stack, mention);
    return false;
  }
  u->is_active = true;
  frame next = {u, 0};
  vec_push(r->arena, stack, next);
  return true;
}

bool units_sort(resolver *r, unit_vec *sorted) {
  table by_name;
  if (!index_units(r, &by_name)) {
    return false;
  }
  unit **starts = arena_new_array(r->arena, unit *, r->units.count);
  for (size_t i = 0; i < r->units.count; i++) {
    starts[i] = r->units.items[i];
  }
  qsort(starts, r->units.count, sizeof *starts, compare_units);
  frame_vec stack = {0};
  for (size_t i = 0; i < r->units.count; i++) {
    frame start = {starts[i], 0};
    vec_push(r->arena, &stack, start);
    while (stack.count > 0) {
      if (!step(r, &by_name, &stack, sorted)) {
        return false;
      }
    }
  }
  return true;
}
