/*
 * witgen: WIT in, C out.
 *
 *   command line, witgen.yaml -> targets; each: resolve -> (JSON) -> world -> emit -> write, check or print
 *
 * Each step takes the result of the one before. What belongs to the whole run is in one arena; the input and, above it,
 * one target at a time are in another, so that many targets take no more memory than one, and targets that follow each
 * other share their input. Files of all targets are written together, or none.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/completion.h"
#include "cli/config.h"
#include "cli/depfile.h"
#include "cli/file_list.h"
#include "cli/output.h"
#include "model/json.h"
#include "review/diff_main.h"
#include "review/options.h"
#include "support/version.h"

enum { STATUS_DONE = 0, STATUS_INPUT = 1, STATUS_USAGE = 2 };

typedef struct run {
  arena arena;
  diag diag;
  const config *config;
  arena work;
  arena_mark start, loaded; /* of `work`: before and after the input */
  const options *loaded_for;
  resolved input;
  inputs input_files;
  bool has_input;
  output_job *job;
  depfile_vec depfiles;
  size_t errors; /* of all targets */
  bool stale, config_checks;
  int argc;
  char **argv;
} run;

static bool wants_color(int fd) {
  const char *no_color = getenv("NO_COLOR");
  return !(no_color && *no_color) && isatty(fd);
}

static void print_messages(const diag *d) {
  if (d->messages.count)
    diag_print(d, stderr, wants_color(STDERR_FILENO));
}

/* One target */

static bool check(run *r, const options *o, str dir, const emit_file_vec *files, diag *d) {
  bool fresh = check_files(dir, files, wants_color(STDOUT_FILENO), &r->work, d);
  r->stale |= !fresh;
  r->config_checks |= options_origin(o, "check").kind == ORIGIN_FILE;
  return fresh;
}

/* `read` is what the input and the target were made of; `world_name` is empty when nothing was generated. */
static bool deliver(run *r, const config_target *t, const emit_file_vec *files, str world_name, const inputs *read, diag *d) {
  const options *o = &t->options;
  str dir = options_out_dir(o);
  if (o->check)
    return check(r, o, dir, files, d);
  bool ok = depfile_add(&r->depfiles, o, t->at, world_name, &r->input_files, &r->arena, d) &&
            depfile_add(&r->depfiles, o, t->at, world_name, read, &r->arena, d);
  if (o->to_stdout)
    return ok && output_print(stdout, files, d);
  return ok && (!files->count || output_add(r->job, dir, files, t->at, d));
}

static bool deliver_json(run *r, const config_target *t, diag *d) {
  str file = t->options.json.file, text = model_json(&r->input.model, &r->work);
  emit_file_vec files = {.items = &(emit_file){file, text}, .count = 1};
  if (!file.len)
    return output_print_text(stdout, text, d);
  return t->options.check ? check(r, &t->options, STR(""), &files, d) : output_add(r->job, STR(""), &files, t->at, d);
}

static const world *select_world(run *r, const options *o, diag *d) {
  const world *w = wit_select_world(&r->input, o->world, &r->work, d);
  option_origin origin = options_origin(o, "world");
  if (!w && origin.kind == ORIGIN_FILE)
    diag_note(d, origin.at, "'world' is given here");
  return w;
}

static bool generate(run *r, const config_target *t, diag *d) {
  const options *o = &t->options;
  emit_options e = o->emit;
  emit_file_vec files = {0};
  inputs read;
  inputs_init(&read, &r->work);
  e.inputs = &read;
  if (r->config->path.len)
    inputs_add(&read, r->config->path);
  if (!options_generate(o))
    return deliver(r, t, &files, STR(""), &read, d);
  const world *w = select_world(r, o, d);
  bool ok = w != NULL;
  if (ok && (o->guest || !o->host))
    ok = emit_world(&r->input.model, w, SIDE_GUEST, &e, &r->work, d, &files);
  if (ok && o->host)
    ok = emit_world(&r->input.model, w, SIDE_HOST, &e, &r->work, d, &files);
  return ok && deliver(r, t, &files, w->name, &read, d);
}

static void load_input(run *r, const options *o, diag *d) {
  resolve_options how = o->resolve;
  r->input = (resolved){0};
  inputs_init(&r->input_files, &r->work);
  how.inputs = &r->input_files;
  r->loaded_for = o;
  r->has_input = wit_resolve(&o->paths, &how, &r->work, d, &r->input);
  r->loaded = arena_mark_now(&r->work);
}

static bool process(run *r, const config_target *t, bool same_input, diag *d) {
  const options *o = &t->options;
  if (o->list_outputs)
    return file_list_print(o, &r->work, d);
  if (!same_input)
    load_input(r, o, d);
  if (!r->has_input)
    return false;
  bool ok = !o->json.wanted || deliver_json(r, t, d);
  return generate(r, t, d) && ok; /* also after stale JSON: all that is stale is shown */
}

static bool run_target(run *r, const config_target *t) {
  diag d;
  bool same_input = r->loaded_for && options_same_input(r->loaded_for, &t->options);
  arena_rewind(&r->work, same_input ? r->loaded : r->start);
  diag_init(&d, &r->work);
  d.limit -= r->errors < d.limit ? r->errors : d.limit;
  bool ok = process(r, t, same_input, &d);
  config_note_places(t, &d);
  if (d.messages.count && r->config->targets.count > 1)
    diag_note(&d, t->at, t->name.len ? "in target '%.*s'" : "in this target", STR_ARG(t->name));
  print_messages(&d);
  r->errors += d.errors;
  return ok;
}

/* All targets */

static bool run_targets(run *r, const config *c) {
  bool ok = true;
  r->job = output_begin(&r->arena);
  r->start = arena_mark_now(&r->work);
  r->config = c;
  for (size_t i = 0; i < c->targets.count; i++)
    ok &= run_target(r, &c->targets.items[i]);
  if (r->stale) {
    str command = options_update_command(r->argc, r->argv, r->config_checks, &r->arena);
    diag_note(&r->diag, SPAN_NONE, "to bring the files up to date, run: %.*s", STR_ARG(command));
  }
  if (ok && depfile_write(&r->depfiles, r->job, &r->arena, &r->diag))
    return output_commit(r->job, &r->diag);
  output_abandon(r->job);
  return false;
}

static void print_completion(run *r, str shell) {
  const completion_command commands[] = {
      {NULL, NULL, option_rows, option_row_count},
      {"diff", "what changed in meaning between two versions of WIT", diff_option_rows, diff_option_row_count},
  };
  completion_print(stdout, shell, commands, sizeof commands / sizeof *commands, &r->arena);
}

/* What is generated, from the command line and perhaps a file. */
static int find_targets(run *r, const options *given, config *c) {
  str path = config_find(given);
  if (!path.len)
    config_without_file(c, given, &r->arena);
  else if (!config_read(c, path, &r->arena, &r->diag))
    return STATUS_INPUT;
  if (!config_select(c, &given->targets, &r->arena, &r->diag))
    return STATUS_USAGE;
  if (config_finish(c, given, &r->diag))
    return STATUS_DONE;
  return path.len ? STATUS_INPUT : STATUS_USAGE;
}

static int run_config(run *r, const options *given) {
  config c = {0};
  int status = find_targets(r, given, &c);
  if (status != STATUS_DONE)
    return status;
  bool ok = given->print_config ? config_print(stdout, &c, &r->arena, &r->diag) : run_targets(r, &c);
  return ok ? STATUS_DONE : STATUS_INPUT;
}

static int run_all(run *r) {
  if (r->argc > 1 && strcmp(r->argv[1], "diff") == 0)
    return diff_main(r->argc - 1, r->argv + 1, wants_color(STDOUT_FILENO), &r->work, &r->diag);
  options given = {0};
  int status = STATUS_DONE;
  if (!options_parse(&given, r->argc, r->argv, &r->arena, &r->diag))
    status = STATUS_USAGE;
  else if (given.help)
    options_print_help(stdout);
  else if (given.version)
    puts("witgen " WITGEN_VERSION);
  else if (given.print_schema)
    output_print_text(stdout, config_schema(&r->arena), &r->diag);
  else if (given.completion.len)
    print_completion(r, given.completion);
  else
    status = run_config(r, &given);
  if (status == STATUS_USAGE)
    diag_note(&r->diag, SPAN_NONE, "'witgen --help' lists the options");
  return fflush(stdout) == 0 ? status : STATUS_INPUT;
}

int main(int argc, char **argv) {
  run r = {.argc = argc, .argv = argv};
  arena_init_small(&r.arena);
  arena_init(&r.work);
  diag_init(&r.diag, &r.arena);
  int status = run_all(&r);
  print_messages(&r.diag);
  arena_release(&r.work);
  arena_release(&r.arena);
  return status;
}
