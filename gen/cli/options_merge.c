/*
 * Merge: one set of options from several places, the farthest first.
 *
 *   defaults of witgen.yaml  <-  one of its targets  <-  the command line
 *
 * The nearest place that gives an option gives all of it: lists and renames are replaced, not joined. What it turns on
 * turns off the opposite that came from farther away. At the end, what values say together is worked out, once.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "cli/options.h"

void options_init(options *o, arena *a) {
  *o = (options){.origins = arena_new_array(a, option_origin, option_row_count)};
}

static char *field_of(options *o, const option_row *row) {
  return (char *)o + row->field;
}

static bool is_on(const options *o, const option_row *row) {
  return row->kind == VALUE_FLAG && *(const bool *)((const char *)o + row->field);
}

static void forget(options *o, const option_row *row) {
  memset(field_of(o, row), 0, option_field_size(row));
  o->origins[row - option_rows] = (option_origin){0};
}

/* Away with what `given` replaces: the same field, perhaps under another name, and its opposite. */
static void forget_replaced(options *to, const options *from, const option_row *given) {
  for (size_t i = 0; i < option_row_count; i++) {
    const option_row *row = &option_rows[i];
    bool opposite = option_excludes(given, row) && is_on(from, given) && is_on(to, row);
    if (row->field == given->field || opposite)
      forget(to, row);
  }
}

void options_merge(options *to, const options *from) {
  for (size_t i = 0; i < option_row_count; i++)
    if (from->origins[i].kind)
      forget_replaced(to, from, &option_rows[i]);
  for (size_t i = 0; i < option_row_count; i++) {
    const option_row *row = &option_rows[i];
    if (!from->origins[i].kind)
      continue;
    memcpy(field_of(to, row), (const char *)from + row->field, option_field_size(row));
    to->origins[i] = from->origins[i];
  }
  if (from->paths_origin.kind) {
    to->paths = from->paths;
    to->paths_origin = from->paths_origin;
  }
}

option_origin options_origin(const options *o, const char *name) {
  return o->origins[option_find(str_of(name)) - option_rows];
}

/* What values say together */

static bool words_hold(const str_vec *words, const char *word) {
  for (size_t i = 0; i < words->count; i++)
    if (str_eq_c(words->items[i], word))
      return true;
  return false;
}

static void derive(options *o) {
  emit_options *e = &o->emit;
  e->engine_wasm2c = o->engines.count == 0 || words_hold(&o->engines, "wasm2c");
  e->engine_wasmtime = words_hold(&o->engines, "wasmtime");
  e->async_helpers |= e->threading_helpers;
  if (str_eq_c(o->encoding, "utf16"))
    e->encoding = ENCODING_UTF16;
  else if (str_eq_c(o->encoding, "compact-utf16") || str_eq_c(o->encoding, "latin1+utf16"))
    e->encoding = ENCODING_LATIN1_UTF16;
}

static const char *dashes(const options *o, const char *name) {
  return options_origin(o, name).kind == ORIGIN_FILE ? "" : "--";
}

static void check_excluded(const options *o, const option_row *one, const option_row *other, diag *d) {
  if (is_on(o, one) && is_on(o, other) && option_excludes(one, other))
    diag_error(d, options_origin(o, other->name).at, "'%s%s' and '%s%s' exclude each other", dashes(o, one->name), one->name,
               dashes(o, other->name), other->name);
}

/* An option that says nothing without --host. One that is given for several targets may be meant for another. */
static void check_needs_host(const options *o, const char *name, diag *d) {
  option_origin origin = options_origin(o, name);
  const char *prefix = dashes(o, name);
  if (origin.kind && !origin.shared && !o->host)
    diag_error(d, origin.at, "'%s%s' is about glue for hosts: give '%shost' too", prefix, name, prefix);
}

static void check_combinations(const options *o, span at, diag *d) {
  check_needs_host(o, "engine", d);
  check_needs_host(o, "guest-module", d);
  if (o->paths.count == 0) {
    diag_error(d, at, "no WIT file or directory given");
    if (!at.source)
      diag_note(d, SPAN_NONE, "nor is there a 'witgen.yaml' here");
  }
  for (size_t i = 0; i < option_row_count; i++)
    for (size_t j = i + 1; j < option_row_count; j++)
      check_excluded(o, &option_rows[i], &option_rows[j], d);
  if (o->depfile_targets.count && !o->depfile.len)
    diag_error(d, options_origin(o, "depfile-target").at, "'%s' is about the rule of '%sdepfile': give that too",
               *dashes(o, "depfile-target") ? "-MT" : "depfile-target", dashes(o, "depfile-target"));
  if (o->depfile.len && !o->depfile_targets.count && (o->to_stdout || (!options_generate(o) && !o->json.file.len)))
    diag_error(d, options_origin(o, "depfile").at, "'%sdepfile' needs '%s' when no file is written", dashes(o, "depfile"),
               *dashes(o, "depfile") ? "-MT TARGET" : "depfile-target");
  if (o->to_stdout && o->emit.object_file)
    diag_error(d, options_origin(o, "stdout").at, "'%sstdout' cannot print the object file of '%sobject-file'", dashes(o, "stdout"),
               dashes(o, "object-file"));
}

bool options_finish(options *o, span at, diag *d) {
  size_t errors = d->errors;
  derive(o);
  check_combinations(o, at, d);
  return d->errors == errors;
}

bool options_generate(const options *o) {
  return !o->json.wanted || o->guest || o->host || o->out_dir.len || o->to_stdout || o->check;
}

static bool same_texts(const str_vec *a, const str_vec *b) {
  bool same = a->count == b->count;
  for (size_t i = 0; same && i < a->count; i++)
    same = str_eq(a->items[i], b->items[i]);
  return same;
}

bool options_same_input(const options *a, const options *b) {
  return same_texts(&a->paths, &b->paths) && same_texts(&a->resolve.features, &b->resolve.features) &&
         a->resolve.all_features == b->resolve.all_features;
}

str options_out_dir(const options *o) {
  return o->out_dir.len ? o->out_dir : o->base_dir;
}
