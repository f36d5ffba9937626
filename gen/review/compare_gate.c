/*
 * Gates, documentation and external ids: what people wrote around an item. None of it is part of a type.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/compare_parts.h"

static str gate_text(comparison *c, const stability *s) {
  switch (s->kind) {
  case STABILITY_STABLE: {
    str since = semver_text(c->arena, &s->since);
    return str_format(c->arena, "@since(version = %.*s)", STR_ARG(since));
  }
  case STABILITY_UNSTABLE: return str_format(c->arena, "@unstable(feature = %.*s)", STR_ARG(s->feature));
  case STABILITY_UNKNOWN: break;
  }
  return STR("no gate");
}

static bool gates_equal(const stability *a, const stability *b) {
  if (a->kind != b->kind)
    return false;
  if (a->kind == STABILITY_STABLE)
    return semver_compare(&a->since, &b->since) == 0;
  return a->kind == STABILITY_UNKNOWN || str_eq(a->feature, b->feature);
}

static void compare_gates(comparison *c, const stability *old, const stability *new, str path, places at, const char *what) {
  if (gates_equal(old, new))
    return;
  str before = gate_text(c, old), after = gate_text(c, new);
  bool feature = old->kind == STABILITY_UNSTABLE || new->kind == STABILITY_UNSTABLE;
  change_add(c, feature ? RULE_FEATURE_CHANGED : RULE_SINCE_CHANGED, path, at, "%s has %.*s instead of %.*s", what,
             STR_ARG(after), STR_ARG(before));
}

static void compare_deprecation(comparison *c, const stability *old, const stability *new, str path, places at,
                                const char *what) {
  if (new->is_deprecated && (!old->is_deprecated || semver_compare(&old->deprecated, &new->deprecated) != 0)) {
    str version = semver_text(c->arena, &new->deprecated);
    change_add(c, RULE_DEPRECATED, path, at, "%s is deprecated since %.*s", what, STR_ARG(version));
  } else if (old->is_deprecated && !new->is_deprecated) {
    change_add(c, RULE_UNDEPRECATED, path, at, "%s is not deprecated any more", what);
  }
}

static void compare_docs(comparison *c, const docs *old, const docs *new, str path, places at, const char *what) {
  if (str_eq(old->text, new->text))
    return;
  const char *how = !old->text.len ? "is new" : !new->text.len ? "is gone" : "is different";
  change_add(c, RULE_DOCS_CHANGED, path, at, "the documentation of %s %s", what, how);
}

static void compare_external_ids(comparison *c, const notes_on *old, const notes_on *new, str path, places at,
                                 const char *what) {
  if (old->has_external_id == new->has_external_id && str_eq(old->external_id, new->external_id))
    return;
  if (!new->has_external_id)
    change_add(c, RULE_EXTERNAL_ID_CHANGED, path, at, "%s has no external id any more", what);
  else
    change_add(c, RULE_EXTERNAL_ID_CHANGED, path, at, "%s has the external id \"%.*s\" now", what,
               STR_ARG(new->external_id));
}

void compare_notes(comparison *c, notes_on old, notes_on new, str path, const char *what) {
  places at = {old.at, new.at};
  if (old.stability && new.stability) {
    compare_gates(c, old.stability, new.stability, path, at, what);
    compare_deprecation(c, old.stability, new.stability, path, at, what);
  }
  compare_external_ids(c, &old, &new, path, at, what);
  compare_docs(c, old.docs, new.docs, path, at, what);
}
