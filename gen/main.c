/*
 * witgen: WIT in, C out.
 *
 *   options -> resolve -> (JSON) -> world -> emit -> write, check or print
 *
 * Each step takes the result of the one before; all memory is in one arena, everything said to people in one diag.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdlib.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/depfile.h"
#include "cli/file_list.h"
#include "cli/output.h"
#include "model/json.h"
#include "support/version.h"

enum { STATUS_DONE = 0, STATUS_INPUT = 1, STATUS_USAGE = 2 };

typedef struct run {
  options options;
  arena arena;
  diag diag;
  inputs inputs;
  int argc;
  char **argv;
} run;

static bool wants_color(int fd) {
  const char *no_color = getenv("NO_COLOR");
  return !(no_color && *no_color) && isatty(fd);
}

/* `world_name` is empty when nothing was generated. */
static bool write_files(run *r, const emit_file_vec *files, str world_name) {
  const options *o = &r->options;
  const emit_file_vec nothing = {0};
  output_stamp depfile;
  if (!depfile_make(o, world_name, &r->inputs, &r->arena, &r->diag, &depfile))
    return false;
  if (!o->to_stdout)
    return output_write(o->out_dir, files, &depfile, &r->arena, &r->diag);
  return output_print(stdout, files, &r->diag) && output_write(STR(""), &nothing, &depfile, &r->arena, &r->diag);
}

static bool deliver(run *r, const emit_file_vec *files, str world_name) {
  const options *o = &r->options;
  if (!o->check)
    return write_files(r, files, world_name);
  if (check_files(o->out_dir, files, wants_color(STDOUT_FILENO), &r->arena, &r->diag))
    return true;
  str command = options_update_command(r->argc, r->argv, &r->arena);
  diag_note(&r->diag, SPAN_NONE, "to bring the files up to date, run: %.*s", STR_ARG(command));
  return false;
}

static bool generate(run *r, const resolved *input) {
  emit_file_vec files = {0};
  const world *w = wit_select_world(input, r->options.world, &r->arena, &r->diag);
  const options *o = &r->options;
  bool ok = w != NULL;
  if (ok && (o->guest || !o->host))
    ok = emit_world(&input->model, w, SIDE_GUEST, &o->emit, &r->arena, &r->diag, &files);
  if (ok && o->host)
    ok = emit_world(&input->model, w, SIDE_HOST, &o->emit, &r->arena, &r->diag, &files);
  return ok && deliver(r, &files, w->name);
}

static bool run_input(run *r) {
  const options *o = &r->options;
  resolved input = {0};
  emit_file_vec nothing = {0};
  if (o->list_outputs)
    return file_list_print(o, &r->arena, &r->diag);
  if (!wit_resolve(&o->paths, &o->resolve, &r->arena, &r->diag, &input))
    return false;
  if (o->json.wanted && !output_write_one(o->json.file, model_json(&input.model, &r->arena), &r->arena, &r->diag))
    return false;
  return options_generate(o) ? generate(r, &input) : deliver(r, &nothing, STR(""));
}

static int run_all(run *r) {
  if (!options_parse(&r->options, r->argc, r->argv, &r->arena, &r->diag))
    return STATUS_USAGE;
  r->options.resolve.inputs = r->options.emit.inputs = &r->inputs;
  if (r->options.help)
    options_print_help(stdout);
  else if (r->options.version)
    puts("witgen " WITGEN_VERSION);
  else
    return run_input(r) ? STATUS_DONE : STATUS_INPUT;
  return fflush(stdout) == 0 ? STATUS_DONE : STATUS_INPUT;
}

int main(int argc, char **argv) {
  run r = {.argc = argc, .argv = argv};
  arena_init(&r.arena);
  diag_init(&r.diag, &r.arena);
  inputs_init(&r.inputs, &r.arena);
  int status = run_all(&r);
  if (r.diag.messages.count)
    diag_print(&r.diag, stderr, wants_color(STDERR_FILENO));
  arena_release(&r.arena);
  return status;
}
