/*
 * View, twins: an interface that the world has under several labels. On the host it has one set of C types: the first section
 * declares it, the names of the others stand for the same types; so one function can implement the import of each label.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/view.h"

static bool is_same_interface(const view_section *a, const view_section *b) {
  const interface *i = a->interface, *k = b->interface;
  return i && k && i->name.len && a->exported == b->exported && i->package == k->package && str_eq(i->name, k->name);
}

/* Words are unique in a section, and those of equal types of one interface are equal. */
static const view_type *type_of_word(const view_section *s, str word) {
  for (size_t i = 0; i < s->types.count; i++) {
    if (str_eq(s->types.items[i]->word, word))
      return s->types.items[i];
  }
  return NULL;
}

const view_type *view_twin(const view *v, const view_section *s, const view_type *vt) {
  for (size_t i = 0; i < v->sections.count && v->sections.items[i] != s; i++) {
    const view_type *twin = is_same_interface(v->sections.items[i], s) ? type_of_word(v->sections.items[i], vt->word) : NULL;
    if (twin)
      return twin;
  }
  return NULL;
}
