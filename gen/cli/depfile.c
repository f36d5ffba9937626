/*
 * Depfile: names as Make reads them. What GNU Make and Ninja do with each character was tried, not read
 * (tests/builds/depfile.test): a blank, '#', ':' or '|' stands behind a backslash, and backslashes in front of it are
 * doubled; '$' is doubled; all other backslashes are plain.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/depfile.h"

#include <string.h>

#include "cli/file_list.h"
#include "support/vec.h"

static bool name_holds(str name, const char *any_of) {
  for (size_t i = 0; i < name.len; i++)
    if (strchr(any_of, name.ptr[i]))
      return true;
  return false;
}

static bool check_name(str name, diag *d) {
  bool newline = name_holds(name, "\n\r");
  if (!newline && !name_holds(name, ";"))
    return true;
  diag_error(d, SPAN_NONE, "'%.*s' cannot stand in a depfile: %s in a name has no spelling there", STR_ARG(name),
             newline ? "a newline" : "';'");
  return false;
}

static bool check_names(const str_vec *names, diag *d) {
  bool ok = true;
  for (size_t i = 0; i < names->count; i++)
    ok = check_name(names->items[i], d) && ok;
  return ok;
}

static void add_name(buf *b, str name, const char *special) {
  size_t backslashes = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    if (c == '$')
      buf_add_byte(b, '$');
    for (size_t n = 0; strchr(special, c) && n <= backslashes; n++)
      buf_add_byte(b, '\\');
    buf_add_byte(b, c);
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
}

/* '%' would make a pattern of a target. */
static void add_target(buf *b, str name) {
  add_name(b, name, " \t#:|%");
}

/* At the end of a directory's name a backslash would quote the blank, and ')' make it the member of an archive. */
static void add_end(buf *b, str name) {
  if (str_ends_with(name, "\\") || str_ends_with(name, ")"))
    buf_add_byte(b, '/');
}

static void add_prerequisites(buf *b, const str_vec *names, bool with_equals) {
  for (size_t i = 0; i < names->count; i++) {
    if (name_holds(names->items[i], "=") != with_equals)
      continue;
    buf_add_c(b, " \\\n  ");
    add_name(b, names->items[i], " \t#:|");
    add_end(b, names->items[i]);
  }
}

/* There is no way to write names with these as a target that Make and Ninja understand; they go without a rule. */
static void add_empty_rules(buf *b, const str_vec *names) {
  for (size_t i = 0; i < names->count; i++) {
    if (name_holds(names->items[i], "%|=\t"))
      continue;
    buf_add_c(b, "\n");
    add_target(b, names->items[i]);
    add_end(b, names->items[i]);
    buf_add_c(b, ":\n");
  }
}

/* Make reads `target: a=b` as a variable of the target; behind another name, `a=b` is a name. */
static void warn_of_variable(const str_vec *names, diag *d) {
  for (size_t i = 0; i < names->count; i++)
    if (!name_holds(names->items[i], "="))
      return;
  if (names->count)
    diag_warning(d, SPAN_NONE, "GNU Make takes '%.*s' in the depfile for a variable, as every name in it has a '='",
                 STR_ARG(names->items[0]));
}

bool depfile_text(const str_vec *targets, const str_vec *names, arena *a, diag *d, str *out) {
  buf b;
  if (!check_names(targets, d) || !check_names(names, d))
    return false;
  warn_of_variable(names, d);
  buf_init(&b, a);
  for (size_t i = 0; i < targets->count; i++) {
    if (i > 0)
      buf_add_byte(&b, ' ');
    add_target(&b, targets->items[i]);
  }
  buf_add_byte(&b, ':');
  add_prerequisites(&b, names, false);
  add_prerequisites(&b, names, true);
  buf_add_byte(&b, '\n');
  add_empty_rules(&b, names);
  *out = buf_str(&b);
  return true;
}

static depfile *find_or_add(depfile_vec *all, str path, span at, arena *a) {
  for (size_t i = 0; i < all->count; i++)
    if (str_eq(all->items[i].path, path))
      return &all->items[i];
  depfile f = {.path = path, .at = at};
  inputs_init(&f.targets, a);
  inputs_init(&f.needed, a);
  vec_push(a, all, f);
  return &all->items[all->count - 1];
}

static void add_copies(inputs *to, const str_vec *paths, arena *a) {
  for (size_t i = 0; i < paths->count; i++)
    inputs_add(to, str_copy(a, paths->items[i]));
}

bool depfile_add(depfile_vec *all, const options *o, span at, str world_name, const inputs *needed, arena *a, diag *d) {
  str_vec targets = o->depfile_targets;
  if (!o->depfile.len)
    return true;
  if (!targets.count && !file_list(o, world_name, a, d, &targets))
    return false;
  depfile *f = find_or_add(all, o->depfile, at, a);
  add_copies(&f->targets, &targets, a);
  add_copies(&f->needed, &needed->paths, a);
  return true;
}

bool depfile_write(const depfile_vec *all, output_job *job, arena *a, diag *d) {
  bool ok = true;
  for (size_t i = 0; ok && i < all->count; i++) {
    const depfile *f = &all->items[i];
    str text = {0};
    ok = depfile_text(&f->targets.paths, &f->needed.paths, a, d, &text) && output_add_stamp(job, f->path, text, f->at, d);
  }
  return ok;
}
