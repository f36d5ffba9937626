/*
 * Options table: the rows, and how they are found.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/options_table.h"

#include <string.h>

#include "cli/options.h"
#include "support/vec.h"

#define AT(field) offsetof(options, field)

const option_row option_rows[] = {
    {"guest", NULL, VALUE_FLAG, GROUP_WHAT, AT(guest), .help = "glue for a component written in C [default, unless --host is given]"},
    {"host", NULL, VALUE_FLAG, GROUP_WHAT, AT(host),
     .help = "glue for a host written in C: WORLD_host.h, WORLD_host.c and a file for each\nengine; with --guest both are written"},
    {"engine", NULL, VALUE_WORDS, GROUP_WHAT, AT(engines), .value = "ENGINES",
     .help = "engines that the host uses: a comma-separated list of wasm2c, wasmtime\n[default: wasm2c]", .choices = "wasm2c wasmtime"},
    {"guest-module", NULL, VALUE_FILE, GROUP_WHAT, AT(emit.guest_module), .value = "FILE",
     .help = "the core module that the host will run: check that it fits the world, and\ntake its string encoding", .endings = "wasm"},
    {"world", "w", VALUE_TEXT, GROUP_WHAT, AT(world), .value = "WORLD",
     .help = "the world, as 'name', 'ns:pkg/name' or 'ns:pkg/name@version'\n[default: the only world of the package]"},
    {"features", NULL, VALUE_WORDS, GROUP_WHAT, AT(resolve.features), .value = "FEATURES",
     .help = "turn on these @unstable features: a comma-separated list, repeatable"},
    {"all-features", NULL, VALUE_FLAG, GROUP_WHAT, AT(resolve.all_features), .help = "turn on every @unstable feature"},
    {"include", NULL, VALUE_FILTERS, GROUP_WHAT, AT(emit.include), .value = "FILTER",
     .help = "write glue for these only: a comma-separated list, repeatable, of interfaces\n"
     "and functions ('ns:pkg/iface', 'ns:pkg/iface#f', 'f') and patterns as\n"
     "'/wasi:.*/', each with 'import:' or 'export:' before it for one direction\n"
     "only; exports of a guest are always written"},
    {"exclude", NULL, VALUE_FILTERS, GROUP_WHAT, AT(emit.exclude), .value = "FILTER",
     .help = "write no glue for these, included or not"},
    {"json", NULL, VALUE_JSON, GROUP_WHAT, AT(json), .value = "FILE",
     .help = "print the resolved packages as JSON, or write them to FILE (--json=FILE);\n"
     "no C is generated unless --guest, --out-dir, --stdout or --check asks for it"},

    {"out-dir", NULL, VALUE_DIR, GROUP_OUTPUT, AT(out_dir), .value = "DIR",
     .help = "directory for the generated files, made if missing [default: .]"},
    {"stdout", NULL, VALUE_FLAG, GROUP_OUTPUT, AT(to_stdout), .help = "print the generated files instead of writing them",
     .excludes = "check"},
    {"check", NULL, VALUE_FLAG, GROUP_OUTPUT, AT(check),
     .help = "write nothing; fail, and show the difference, when the files on disk are not what\nwould be generated"},
    {"list-outputs", NULL, VALUE_FLAG, GROUP_OUTPUT, AT(list_outputs),
     .help = "print the paths of the files that would be written, one a line; WIT is\nread for that only when neither --world nor --rename-world is given",
     .scope = SCOPE_RUN, .excludes = "stdout check"},
    {"depfile", NULL, VALUE_FILE, GROUP_OUTPUT, AT(depfile), .value = "FILE",
     .help = "write a rule for Make or Ninja to FILE, with every file and directory that was\nread; the time stamp of FILE becomes new each time"},
    {"depfile-target", "MT", VALUE_ITEMS, GROUP_OUTPUT, AT(depfile_targets), .value = "TARGET",
     .help = "what that rule makes, repeatable [default: the generated files]"},
    {"object-file", NULL, VALUE_FLAG, GROUP_OUTPUT, AT(emit.object_file),
     .help = "also write WORLD_component_type.o, for build files that link it"},
    {"no-object-file", NULL, VALUE_FLAG, GROUP_OUTPUT, AT(no_object_file),
     .help = "do not write that object file [default]: the .c file holds the same section", .excludes = "object-file"},

    {"rename", NULL, VALUE_RENAME, GROUP_NAMES, AT(emit.renames), .value = "K=V",
     .help = "call the interface K (such as 'my:pkg/iface') V in C names; repeatable;\n"
     "K may be a pattern, and V then holds what it found: '/my:(.*)/=my_$1'"},
    {"rename-world", NULL, VALUE_TEXT, GROUP_NAMES, AT(emit.rename_world), .value = "NAME",
     .help = "call the world NAME in C names and file names"},
    {"type-section-suffix", NULL, VALUE_SUFFIX, GROUP_NAMES, AT(emit.type_section_suffix), .value = "STRING",
     .help = "add STRING to the name of the component-type section"},

    {"string-encoding", NULL, VALUE_CHOICE, GROUP_CODE, AT(encoding), .value = "ENCODING",
     .help = "utf8, utf16 or compact-utf16 (also called latin1+utf16) [default: utf8]", .choices = "utf8 utf16 compact-utf16 latin1+utf16"},
    {"no-helpers", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.no_helpers),
     .help = "leave out the helper functions for strings and for freeing memory"},
    {"no-sig-flattening", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.no_sig_flattening),
     .help = "pass option and result as structs, not as null pointers and bool"},
    {"autodrop-borrows", NULL, VALUE_YES_NO, GROUP_CODE, AT(emit.autodrop_borrows), .value = "ENABLED",
     .help = "yes: drop borrowed handles when an exported function returns [default: no]", .choices = "yes no"},
    {"sync", NULL, VALUE_FILTERS, GROUP_CODE, AT(emit.sync_filters), .value = "FILTER",
     .help = "bind async functions as sync ones: a comma-separated list, repeatable, of\n"
     "'all', 'f', 'ns:pkg/iface#f' and patterns as '/.*#get-.*/', each with 'import:'\n"
     "or 'export:' before it for one direction only"},
    {"async", NULL, VALUE_ASYNC, GROUP_CODE, AT(emit.sync_filters), .value = "-FILTER",
     .help = "older spelling of --sync, with '-' before each filter: --async=-f"},
    {"generate-async-helpers", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.async_helpers),
     .help = "write the async helpers even if the world has nothing async"},
    {"generate-threading-helpers", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.threading_helpers),
     .help = "write helpers for the threading built-ins; implies --generate-async-helpers"},
    {"for-task", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.for_task),
     .help = "write for each import also NAME_for_task(), which calls it as work for a\ntask of libwitguest"},
    {"for-task-only", NULL, VALUE_FILTERS, GROUP_CODE, AT(emit.for_task_only), .value = "FILTER",
     .help = "the same for these imports only: a list as with --include"},
    {"debug-hooks", NULL, VALUE_FLAG, GROUP_CODE, AT(emit.debug_hooks),
     .help = "write a guest that, compiled with -DWITGUEST_DEBUG, tells libwitguest-debug of\nborrows that come in and of memory that it gets"},
    {"templates", NULL, VALUE_DIR, GROUP_CODE, AT(emit.templates_dir), .value = "DIR",
     .help = "prefer templates from DIR over those that are built in"},

    {"config", NULL, VALUE_FILE, GROUP_CONFIG, AT(config), .value = "FILE",
     .help = "read targets and their options from FILE; other options win over it\n[default: witgen.yaml, if it is here and no WIT is given]",
     .endings = "yaml yml", .scope = SCOPE_RUN},
    {"target", NULL, VALUE_ITEMS, GROUP_CONFIG, AT(targets), .value = "NAME",
     .help = "only this target of the file, repeatable [default: all of them]", .scope = SCOPE_RUN},
    {"print-config", NULL, VALUE_FLAG, GROUP_CONFIG, AT(print_config),
     .help = "print the values in effect and where each comes from, as a file that can be\nread again; generate nothing",
     .scope = SCOPE_RUN},
    {"print-schema", NULL, VALUE_FLAG, GROUP_CONFIG, AT(print_schema),
     .help = "print the JSON Schema of such files, for editors", .scope = SCOPE_RUN},

    {"completion", NULL, VALUE_CHOICE, GROUP_OTHER, AT(completion), .value = "SHELL",
     .help = "print what makes a shell complete options, files and worlds: bash, zsh or\nfish", .choices = "bash zsh fish", .scope = SCOPE_RUN},
    {"help", "h", VALUE_FLAG, GROUP_OTHER, AT(help), .help = "print this text", .scope = SCOPE_RUN},
    {"version", "V", VALUE_FLAG, GROUP_OTHER, AT(version), .help = "print the version", .scope = SCOPE_RUN},
};

const size_t option_row_count = sizeof option_rows / sizeof *option_rows;

const char *option_group_title(option_group group) {
  static const char *const titles[GROUP_COUNT] = {
      "What to generate", "Where it goes", "Names", "Shape of the code", "Configuration file", "Other",
  };
  return titles[group];
}

const option_row *option_find(str name) {
  for (size_t i = 0; i < option_row_count; i++)
    if (str_eq_c(name, option_rows[i].name))
      return &option_rows[i];
  return NULL;
}

const option_row *option_find_short(str letters) {
  const option_row *found = NULL;
  for (size_t i = 0; i < option_row_count; i++) {
    const option_row *row = &option_rows[i];
    bool fits = row->short_name && str_starts_with(letters, row->short_name);
    if (fits && (!found || strlen(row->short_name) > strlen(found->short_name)))
      found = row;
  }
  return found;
}

str option_nearest(str name, option_scope scope, arena *a) {
  str_vec names = {0};
  for (size_t i = 0; i < option_row_count; i++)
    if (option_rows[i].scope <= scope)
      vec_push(a, &names, str_of(option_rows[i].name));
  return diag_nearest(name, names.items, names.count);
}

str_vec option_words(str value, arena *a) {
  str_vec words = {0};
  size_t start = 0;
  for (size_t i = 0; i <= value.len; i++) {
    if (i < value.len && !strchr(", \t\n", value.ptr[i]))
      continue;
    if (i > start)
      vec_push(a, &words, str_sub(value, start, i));
    start = i + 1;
  }
  return words;
}

str_vec option_choices(const option_row *row, arena *a) {
  return option_words(str_of(row->choices ? row->choices : ""), a);
}

/* Whether the words hold this one; they are few. */
static bool names_row(const char *words, const option_row *row) {
  size_t len = strlen(row->name);
  for (const char *p = words; p && (p = strstr(p, row->name)); p += len)
    if ((p == words || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
      return true;
  return false;
}

bool option_excludes(const option_row *one, const option_row *other) {
  return names_row(one->excludes, other) || names_row(other->excludes, one);
}

size_t option_field_size(const option_row *row) {
  switch (row->kind) {
  case VALUE_FLAG:
  case VALUE_YES_NO: return sizeof(bool);
  case VALUE_WORDS:
  case VALUE_FILTERS:
  case VALUE_ASYNC:
  case VALUE_ITEMS: return sizeof(str_vec);
  case VALUE_RENAME: return sizeof(emit_rename_vec);
  case VALUE_JSON: return sizeof(json_request);
  case VALUE_TEXT:
  case VALUE_FILE:
  case VALUE_DIR:
  case VALUE_SUFFIX:
  case VALUE_CHOICE: break;
  }
  return sizeof(str);
}
