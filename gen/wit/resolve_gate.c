/*
 * Gates: `@since`, `@unstable`, `@deprecated`, `@external-id`, and whether they leave an item in.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

static const char *const attr_names[] = {[SYN_SINCE] = "since",
                                         [SYN_UNSTABLE] = "unstable",
                                         [SYN_DEPRECATED] = "deprecated",
                                         [SYN_EXTERNAL_ID] = "external-id"};

/* The only attribute of a kind, or NULL; a second one is reported. */
static const syn_attr *attr_find(resolver *r, const syn_attr_vec *attrs, syn_attr_kind kind, bool quiet) {
  const syn_attr *found = NULL;
  for (size_t i = 0; i < attrs->count; i++) {
    const syn_attr *attr = &attrs->items[i];
    if (attr->kind != kind) {
      continue;
    }
    if (found != NULL && !quiet) {
      diag_error(r->diag, attr->at, "'@%s' given twice", attr_names[kind]);
      diag_note(r->diag, found->at, "the first one is here");
      return found;
    }
    found = found == NULL ? attr : found;
  }
  return found;
}

stability gate_read(resolver *r, const syn_attr_vec *attrs, bool quiet) {
  stability s = {.kind = STABILITY_UNKNOWN};
  if (attrs->count == 0) {
    return s;
  }
  const syn_attr *since = attr_find(r, attrs, SYN_SINCE, quiet);
  const syn_attr *deprecated = attr_find(r, attrs, SYN_DEPRECATED, quiet);
  const syn_attr *unstable = attr_find(r, attrs, SYN_UNSTABLE, quiet);
  if (since != NULL && unstable != NULL && !quiet) {
    diag_error(r->diag, since->at, "'@since' and '@unstable' exclude each other");
    diag_note(r->diag, unstable->at, "'@unstable' is here");
  }
  if (deprecated != NULL && since == NULL && unstable == NULL && !quiet) {
    diag_error(r->diag, deprecated->at, "'@deprecated' needs '@since' or '@unstable' beside it");
  }
  if (since != NULL) {
    s.kind = STABILITY_STABLE;
    s.since = since->version;
  } else if (unstable != NULL) {
    s.kind = STABILITY_UNSTABLE;
    s.feature = unstable->text;
  }
  if (deprecated != NULL) {
    s.is_deprecated = true;
    s.deprecated = deprecated->version;
  }
  return s;
}

bool gate_read_external_id(resolver *r, const syn_attr_vec *attrs, bool quiet, str *out) {
  const syn_attr *id = attr_find(r, attrs, SYN_EXTERNAL_ID, quiet);
  if (id == NULL) {
    return false;
  }
  *out = id->text;
  return true;
}

static bool since_is_valid(resolver *r, const stability *s, const package *p, span at) {
  if (p->name.has_version && semver_compare(&s->since, &p->name.version) <= 0) {
    return true;
  }
  str since = semver_text(r->arena, &s->since);
  str name = package_name_text(r->arena, &p->name);
  if (!p->name.has_version) {
    diag_error(r->diag, at, "'@since(version = %.*s)' in package '%.*s', which has no version", STR_ARG(since),
               STR_ARG(name));
  } else {
    diag_error(r->diag, at, "'@since(version = %.*s)' is later than package '%.*s'", STR_ARG(since), STR_ARG(name));
  }
  return false;
}

bool gate_is_open(resolver *r, const stability *s, const package *p, span at) {
  switch (s->kind) {
  case STABILITY_STABLE: since_is_valid(r, s, p, at); return true;
  case STABILITY_UNSTABLE: return r->options->all_features || table_get(&r->features, s->feature) != NULL;
  case STABILITY_UNKNOWN: break;
  }
  return true;
}

bool stability_eq(const stability *a, const stability *b) {
  if (a->kind != b->kind || a->is_deprecated != b->is_deprecated ||
      (a->is_deprecated && semver_compare(&a->deprecated, &b->deprecated) != 0)) {
    return false;
  }
  switch (a->kind) {
  case STABILITY_STABLE: return semver_compare(&a->since, &b->since) == 0;
  case STABILITY_UNSTABLE: return str_eq(a->feature, b->feature);
  case STABILITY_UNKNOWN: break;
  }
  return true;
}
