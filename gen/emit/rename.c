/*
 * Rename: names and patterns in the order of the options.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/rename.h"

#include "emit/names.h"
#include "support/vec.h"

/* Whether names may begin with `name`; what is wrong with it is said. */
static bool check_name(const renamer *r, str name, str of) {
  if (names_is_identifier(name) && names_is_public(name))
    return true;
  if (names_is_identifier(name))
    diag_error(r->diag, SPAN_NONE, "'%.*s', the new name of '%.*s', has a '_' at an end or two in a row, as only names inside the output have",
               STR_ARG(name), STR_ARG(of));
  else
    diag_error(r->diag, SPAN_NONE, "'%.*s', the new name of '%.*s', is no C name", STR_ARG(name), STR_ARG(of));
  return false;
}

void renamer_init(renamer *r, const emit_rename_vec *renames, arena *a, diag *d) {
  *r = (renamer){.renames = renames, .arena = a, .diag = d};
  r->patterns = arena_new_array(a, pattern, renames->count);
  r->sources = arena_alloc_array(a, renames->count, sizeof *r->sources);
  r->used = arena_new_array(a, bool, renames->count);
  for (size_t i = 0; i < renames->count; i++) {
    const emit_rename *rename = &renames->items[i];
    str text = str_format(a, "%.*s=%.*s", STR_ARG(rename->from), STR_ARG(rename->to));
    r->sources[i] = pattern_source(a, "--rename", text);
    if (!pattern_init(&r->patterns[i], r->sources[i], 0, rename->from.len, a, d))
      r->broken = true;
    else if (r->patterns[i].code == NULL)
      check_name(r, rename->to, rename->from);
  }
}

void renamer_release(renamer *r) {
  for (size_t i = 0; i < r->renames->count; i++)
    pattern_release(&r->patterns[i]);
}

/* As in names of other interfaces: words are joined by '_', and so are the parts of a version. */
static str c_name(arena *a, str text) {
  char *out = arena_alloc(a, text.len + 1);
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    out[i] = c == '-' || c == '.' || c == '+' ? '_' : c;
  }
  return (str){out, text.len};
}

static str new_name(renamer *r, size_t index, str key) {
  const emit_rename *rename = &r->renames->items[index];
  str made;
  if (r->patterns[index].code == NULL)
    return rename->to;
  if (!pattern_replace(&r->patterns[index], key, rename->from.len + 1, &made)) {
    r->broken = true;
    return STR("");
  }
  str name = c_name(r->arena, made);
  return check_name(r, name, key) ? name : STR("");
}

str renamer_name(renamer *r, str key) {
  size_t found = r->renames->count;
  for (size_t i = 0; i < r->renames->count && !r->broken; i++) {
    pattern_answer answer = pattern_match(&r->patterns[i], key);
    r->broken |= answer == PATTERN_FAILED;
    if (answer != PATTERN_YES)
      continue;
    r->used[i] = true;
    found = i;
  }
  vec_push(r->arena, &r->keys, key);
  return r->broken || found == r->renames->count ? STR("") : new_name(r, found, key);
}

void renamer_finish(const renamer *r, str world_name) {
  for (size_t i = 0; i < r->renames->count && !r->broken; i++) {
    const emit_rename *rename = &r->renames->items[i];
    if (r->used[i])
      continue;
    if (r->patterns[i].code == NULL) { /* as with the reference tool, whose options build files pass to several worlds */
      diag_warning(r->diag, SPAN_NONE, "there is no interface '%.*s' to rename", STR_ARG(rename->from));
      continue;
    }
    diag_error(r->diag, SPAN_NONE, "'--rename %.*s' matches no interface of world '%.*s'", STR_ARG(r->sources[i]->text),
               STR_ARG(world_name));
    pattern_note_names(&r->patterns[i], &r->keys, r->diag);
  }
}
