/*
 * File list: see file_list.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/file_list.h"

#include "cli/file.h"
#include "cli/output.h"
#include "support/vec.h"

bool file_list(const options *o, str world_name, arena *a, diag *d, str_vec *out) {
  str_vec names = {0};
  bool ok = true;
  if (o->json.wanted && o->json.file.len)
    vec_push(a, out, o->json.file);
  if (!options_generate(o))
    return true;
  if (o->guest || !o->host)
    ok = emit_file_names(world_name, SIDE_GUEST, &o->emit, a, d, &names);
  if (ok && o->host)
    ok = emit_file_names(world_name, SIDE_HOST, &o->emit, a, d, &names);
  for (size_t i = 0; i < names.count; i++)
    vec_push(a, out, str_of(file_path(a, options_out_dir(o), names.items[i])));
  return ok;
}

/* What the world is called before --rename-world. */
static bool find_world_name(const options *o, arena *a, diag *d, str *out) {
  resolved input = {0};
  *out = STR("");
  if (o->world.len)
    return wit_world_name(o->world, d, out);
  if (o->emit.rename_world.len || !options_generate(o))
    return true;
  const world *w = wit_resolve(&o->paths, &o->resolve, a, d, &input) ? wit_select_world(&input, o->world, a, d) : NULL;
  *out = w ? w->name : *out;
  return w != NULL;
}

bool file_list_print(const options *o, arena *a, diag *d) {
  str_vec paths = {0};
  str world_name;
  buf text;
  buf_init(&text, a);
  buf_add_c(&text, "");
  if (!find_world_name(o, a, d, &world_name) || !file_list(o, world_name, a, d, &paths))
    return false;
  for (size_t i = 0; i < paths.count; i++)
    buf_printf(&text, "%.*s\n", STR_ARG(paths.items[i]));
  return output_print_text(stdout, buf_str(&text), d);
}
