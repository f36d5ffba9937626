/*
 * `witgen diff`: options -> two inputs -> comparison -> one text -> exit status.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/diff_main.h"

#include "cli/output.h"
#include "review/compare.h"
#include "review/html.h"
#include "review/input.h"
#include "review/options.h"
#include "review/render.h"

enum { STATUS_DONE = 0, STATUS_FOUND = 1, STATUS_USAGE = 2, STATUS_INPUT = 3 };

typedef struct diff_run {
  diff_options options;
  bool color;
  arena *arena;
  diag *diag;
  resolved inputs[2], ungated[2];
} diff_run;

/* Inputs */

static bool load_side(diff_run *r, size_t index, review_side *side) {
  const diff_options *o = &r->options;
  side->name = o->inputs.items[index];
  side->resolved = &r->inputs[index];
  if (!review_input_load(side->name, &o->resolve, r->arena, r->diag, &r->inputs[index]))
    return false;
  return true;
}

static bool package_has_world(const package *p, str name) {
  for (size_t i = 0; i < p->worlds.count; i++)
    if (str_eq(p->worlds.items[i]->name, name))
      return true;
  return false;
}

/* The world of a module or component; else the one that was asked for, or that the other side is. NULL: none was found. */
static const world *choose_world(diff_run *r, const review_side *side, const review_side *other) {
  const package *main = side->resolved->mains.items[0], *others = other->resolved->mains.items[0];
  str wanted = r->options.world;
  if (main->built_for && (main->is_made || !wanted.len))
    return main->built_for;
  if (!wanted.len && others->built_for && !others->is_made)
    wanted = package_has_world(main, others->built_for->name) ? others->built_for->name : wanted;
  return wit_select_world(side->resolved, wanted, r->arena, r->diag);
}

/* Modules and components are compared by their worlds. */
static bool choose_worlds(diff_run *r, review_side sides[2]) {
  bool is_built = sides[0].resolved->mains.items[0]->built_for || sides[1].resolved->mains.items[0]->built_for;
  if (!is_built && !r->options.world.len)
    return true;
  sides[0].world = choose_world(r, &sides[0], &sides[1]);
  sides[1].world = choose_world(r, &sides[1], &sides[0]);
  return sides[0].world && sides[1].world;
}

/* The input again with all features on; without them where that does not work, which then is no error of this run. */
static void load_ungated(diff_run *r, size_t index, review_side *side) {
  resolve_options all = r->options.resolve;
  diag quiet;
  all.all_features = true;
  diag_init(&quiet, r->arena);
  if (review_input_load(side->name, &all, r->arena, &quiet, &r->ungated[index]))
    side->ungated = &r->ungated[index];
}

static bool may_be_gated(const review *found) {
  static const change_rule rules[] = {RULE_FUNC_ADDED, RULE_FUNC_REMOVED, RULE_TYPE_ADDED, RULE_TYPE_REMOVED, RULE_INTERFACE_ADDED,
                                      RULE_INTERFACE_REMOVED, RULE_WORLD_ADDED, RULE_WORLD_REMOVED, RULE_IMPORT_ADDED,
                                      RULE_IMPORT_REMOVED, RULE_EXPORT_ADDED, RULE_EXPORT_REMOVED};
  for (size_t i = 0; i < found->changes.count; i++)
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
      if (found->changes.items[i].rule == rules[k])
        return true;
  return false;
}

static void compare(diff_run *r, review_side sides[2], review *out) {
  review_compare(&sides[0], &sides[1], r->arena, out);
  if (r->options.resolve.all_features || !may_be_gated(out))
    return;
  load_ungated(r, 0, &sides[0]);
  load_ungated(r, 1, &sides[1]);
  review_compare(&sides[0], &sides[1], r->arena, out);
}

/* Output */

static bool wants_color(const diff_run *r) {
  const diff_options *o = &r->options;
  if (o->color.len && !str_eq_c(o->color, "auto"))
    return str_eq_c(o->color, "always");
  return r->color && !o->output.len;
}

static bool write_file(const diff_run *r, str text) {
  output_job *job = output_begin(r->arena);
  emit_file_vec files = {.items = &(emit_file){r->options.output, text}, .count = 1};
  if (output_add(job, STR(""), &files, SPAN_NONE, r->diag))
    return output_commit(job, r->diag);
  output_abandon(job);
  return false;
}

static bool print(const diff_run *r, const review *found) {
  str format = r->options.format, text;
  const emit_options plain = {0};
  if (str_eq_c(format, "json"))
    text = review_json(found, r->arena);
  else if (str_eq_c(format, "html"))
    text = review_html(found, &plain, r->arena);
  else if (str_eq_c(format, "markdown"))
    text = review_markdown(found, r->arena);
  else
    text = review_text(found, wants_color(r), r->arena);
  return r->options.output.len ? write_file(r, text) : output_print_text(stdout, text, r->diag);
}

static bool is_found(const diff_run *r, const review *found) {
  const diff_options *o = &r->options;
  const size_t *counts = str_eq_c(o->party, "callers")        ? found->callers
                         : str_eq_c(o->party, "implementers") ? found->implementers
                                                              : found->worst;
  size_t abi = counts[CLASS_ABI_BREAKING], broken = abi + counts[CLASS_SOURCE_BREAKING];
  if (str_eq_c(o->fail_on, "any"))
    return found->changes.count > 0;
  return (str_eq_c(o->fail_on, "abi") && abi) || (str_eq_c(o->fail_on, "source") && broken);
}

int diff_main(int argc, char **argv, bool color, arena *a, diag *d) {
  diff_run r = {.color = color, .arena = a, .diag = d};
  review_side sides[2] = {0};
  review found;
  if (!diff_options_parse(&r.options, argc, argv, a, d))
    return STATUS_USAGE;
  if (r.options.help) {
    diff_options_print_help(stdout);
    return fflush(stdout) == 0 ? STATUS_DONE : STATUS_INPUT;
  }
  bool loaded = load_side(&r, 0, &sides[0]);
  if (!load_side(&r, 1, &sides[1]) || !loaded || !choose_worlds(&r, sides))
    return STATUS_INPUT;
  compare(&r, sides, &found);
  if (!print(&r, &found))
    return STATUS_INPUT;
  return is_found(&r, &found) ? STATUS_FOUND : STATUS_DONE;
}
