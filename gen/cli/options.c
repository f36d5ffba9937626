/*
 * Options: the table, and everything that is read off it.
 *
 * A row says how an option is spelled, what kind of value it takes and where in `options` that value goes. There is one
 * setter per kind of value. To add an option, add a field and a row, and run `make bless`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/options.h"

#include <string.h>

#include "support/vec.h"

typedef enum value_kind {
  VALUE_FLAG,     /* bool: no value */
  VALUE_TEXT,     /* str: given once, not empty */
  VALUE_SUFFIX,   /* str: given once, may be empty */
  VALUE_WORDS,    /* str_vec: commas or blanks between words, repeatable */
  VALUE_FILTERS,  /* str_vec: commas between filters, repeatable */
  VALUE_ASYNC,    /* str_vec: the peer's older spelling of filters, a '-' before each */
  VALUE_RENAME,   /* emit_rename_vec: K=V, repeatable */
  VALUE_ENCODING, /* string_encoding */
  VALUE_YES_NO,   /* bool */
  VALUE_JSON      /* str: optional */
} value_kind;

typedef enum option_group { GROUP_WHAT, GROUP_OUTPUT, GROUP_NAMES, GROUP_CODE, GROUP_OTHER, GROUP_COUNT } option_group;

typedef struct option_row {
  const char *name; /* without "--" */
  char letter;      /* or 0 */
  value_kind kind;
  option_group group;
  size_t field;
  const char *value; /* its name in the help text, or NULL */
  const char *help;  /* lines separated by '\n' */
} option_row;

static const char *const group_titles[GROUP_COUNT] = {
    "What to generate:", "Where it goes:", "Names:", "Shape of the code:", "Other:",
};

#define AT(field) offsetof(options, field)

static const option_row rows[] = {
    {"guest", 0, VALUE_FLAG, GROUP_WHAT, AT(guest), NULL, "glue for a component written in C [default, unless --host is given]"},
    {"host", 0, VALUE_FLAG, GROUP_WHAT, AT(host), NULL, "glue for a host written in C: WORLD_host.h, WORLD_host.c and a file for each\nengine; with --guest both are written"},
    {"engine", 0, VALUE_WORDS, GROUP_WHAT, AT(engines), "ENGINES",
     "engines that the host uses: a comma-separated list of wasm2c, wasmtime\n[default: wasm2c]"},
    {"guest-module", 0, VALUE_TEXT, GROUP_WHAT, AT(emit.guest_module), "FILE",
     "the core module that the host will run: check that it fits the world, and\ntake its string encoding"},
    {"world", 'w', VALUE_TEXT, GROUP_WHAT, AT(world), "WORLD",
     "the world, as 'name', 'ns:pkg/name' or 'ns:pkg/name@version'\n[default: the only world of the package]"},
    {"features", 0, VALUE_WORDS, GROUP_WHAT, AT(resolve.features), "FEATURES",
     "turn on these @unstable features: a comma-separated list, repeatable"},
    {"all-features", 0, VALUE_FLAG, GROUP_WHAT, AT(resolve.all_features), NULL, "turn on every @unstable feature"},
    {"json", 0, VALUE_JSON, GROUP_WHAT, AT(json_file), "FILE",
     "print the resolved packages as JSON, or write them to FILE (--json=FILE);\n"
     "no C is generated unless --guest, --out-dir, --stdout or --check asks for it"},

    {"out-dir", 0, VALUE_TEXT, GROUP_OUTPUT, AT(out_dir), "DIR",
     "directory for the generated files, made if missing [default: .]"},
    {"stdout", 0, VALUE_FLAG, GROUP_OUTPUT, AT(to_stdout), NULL, "print the generated files instead of writing them"},
    {"check", 0, VALUE_FLAG, GROUP_OUTPUT, AT(check), NULL,
     "write nothing; fail when the files on disk are not what would be generated"},
    {"object-file", 0, VALUE_FLAG, GROUP_OUTPUT, AT(emit.object_file), NULL,
     "also write WORLD_component_type.o, for build files that link it"},
    {"no-object-file", 0, VALUE_FLAG, GROUP_OUTPUT, AT(no_object_file), NULL,
     "do not write that object file [default]: the .c file holds the same section"},

    {"rename", 0, VALUE_RENAME, GROUP_NAMES, AT(emit.renames), "K=V",
     "call the interface K (such as 'my:pkg/iface') V in C names; repeatable"},
    {"rename-world", 0, VALUE_TEXT, GROUP_NAMES, AT(emit.rename_world), "NAME",
     "call the world NAME in C names and file names"},
    {"type-section-suffix", 0, VALUE_SUFFIX, GROUP_NAMES, AT(emit.type_section_suffix), "STRING",
     "add STRING to the name of the component-type section"},

    {"string-encoding", 0, VALUE_ENCODING, GROUP_CODE, AT(emit.encoding), "ENCODING",
     "utf8, utf16 or compact-utf16 (also called latin1+utf16) [default: utf8]"},
    {"no-helpers", 0, VALUE_FLAG, GROUP_CODE, AT(emit.no_helpers), NULL,
     "leave out the helper functions for strings and for freeing memory"},
    {"no-sig-flattening", 0, VALUE_FLAG, GROUP_CODE, AT(emit.no_sig_flattening), NULL,
     "pass option and result as structs, not as null pointers and bool"},
    {"autodrop-borrows", 0, VALUE_YES_NO, GROUP_CODE, AT(emit.autodrop_borrows), "ENABLED",
     "yes: drop borrowed handles when an exported function returns [default: no]"},
    {"sync", 0, VALUE_FILTERS, GROUP_CODE, AT(emit.sync_filters), "FILTER",
     "bind async functions as sync ones: a comma-separated list, repeatable, of\n"
     "'all', 'f', 'ns:pkg/iface#f', each with 'import:' or 'export:' before it for\n"
     "one direction only"},
    {"async", 0, VALUE_ASYNC, GROUP_CODE, AT(emit.sync_filters), "-FILTER",
     "older spelling of --sync, with '-' before each filter: --async=-f"},
    {"generate-async-helpers", 0, VALUE_FLAG, GROUP_CODE, AT(emit.async_helpers), NULL,
     "write the async helpers even if the world has nothing async"},
    {"generate-threading-helpers", 0, VALUE_FLAG, GROUP_CODE, AT(emit.threading_helpers), NULL,
     "write helpers for the threading built-ins; implies --generate-async-helpers"},
    {"for-task", 0, VALUE_FLAG, GROUP_CODE, AT(emit.for_task), NULL,
     "write for each import also NAME_for_task(), which calls it as work for a\ntask of libwitguest"},
    {"templates", 0, VALUE_TEXT, GROUP_CODE, AT(emit.templates_dir), "DIR",
     "prefer templates from DIR over those that are built in"},

    {"help", 'h', VALUE_FLAG, GROUP_OTHER, AT(help), NULL, "print this text"},
    {"version", 'V', VALUE_FLAG, GROUP_OTHER, AT(version), NULL, "print the version"},
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

/* Where the parser is: what setters need to report and to store. */
typedef struct cursor {
  options *o;
  int argc;
  char *const *argv;
  int next; /* index of the argument after the one being read */
  arena *arena;
  diag *diag;
  bool given[ROW_COUNT];
} cursor;

/* Setters: one per kind of value */

static void *option_field(const cursor *c, const option_row *row) {
  return (char *)c->o + row->field;
}

static void set_text(cursor *c, const option_row *row, str value) {
  str *field = option_field(c, row);
  if (value.len == 0 && row->kind == VALUE_TEXT)
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs a value that is not empty", row->name);
  else if (c->given[row - rows] && !str_eq(*field, value))
    diag_error(c->diag, SPAN_NONE, "option '--%s' was given twice: '%.*s' and '%.*s'", row->name, STR_ARG(*field),
               STR_ARG(value));
  *field = value;
}

/* Pieces of `value` between any of `separators`, without empty ones. */
static void set_words(cursor *c, const option_row *row, str value, const char *separators) {
  str_vec *field = option_field(c, row);
  size_t start = 0;
  for (size_t i = 0; i <= value.len; i++) {
    if (i < value.len && !strchr(separators, value.ptr[i]))
      continue;
    if (i > start)
      vec_push(c->arena, field, str_sub(value, start, i));
    start = i + 1;
  }
}

static void set_async(cursor *c, const option_row *row, str value) {
  str_vec *field = option_field(c, row);
  size_t first = field->count;
  set_words(c, row, value, ",");
  for (size_t i = first; i < field->count; i++) {
    str filter = field->items[i];
    if (filter.ptr[0] != '-' || filter.len == 1) {
      diag_error(c->diag, SPAN_NONE, "'--async=%.*s' says nothing: functions are async where WIT says so",
                 STR_ARG(filter));
      diag_note(c->diag, SPAN_NONE, "use '--sync FILTER' for those that shall not be");
    }
    field->items[i] = str_sub(filter, 1, filter.len);
  }
}

static void set_rename(cursor *c, const option_row *row, str value) {
  size_t equals = str_find(value, '=', 0);
  emit_rename rename = {str_sub(value, 0, equals), str_sub(value, equals + 1, value.len)};
  if (rename.from.len == 0 || rename.to.len == 0)
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs K=V, not '%.*s'", row->name, STR_ARG(value));
  else
    vec_push(c->arena, (emit_rename_vec *)option_field(c, row), rename);
}

static void set_encoding(cursor *c, const option_row *row, str value) {
  static const struct {
    const char *name;
    string_encoding encoding;
  } encodings[] = {{"utf8", ENCODING_UTF8},
                   {"utf16", ENCODING_UTF16},
                   {"compact-utf16", ENCODING_LATIN1_UTF16},
                   {"latin1+utf16", ENCODING_LATIN1_UTF16}};
  for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
    if (str_eq_c(value, encodings[i].name)) {
      *(string_encoding *)option_field(c, row) = encodings[i].encoding;
      return;
    }
  diag_error(c->diag, SPAN_NONE, "option '--%s' takes utf8, utf16 or compact-utf16, not '%.*s'", row->name,
             STR_ARG(value));
}

static void set_yes_no(cursor *c, const option_row *row, str value) {
  bool *field = option_field(c, row);
  if (str_eq_c(value, "yes") || str_eq_c(value, "no"))
    *field = str_eq_c(value, "yes");
  else
    diag_error(c->diag, SPAN_NONE, "option '--%s' takes yes or no, not '%.*s'", row->name, STR_ARG(value));
}

static void option_set(cursor *c, const option_row *row, str value) {
  switch (row->kind) {
  case VALUE_FLAG: *(bool *)option_field(c, row) = true; break;
  case VALUE_TEXT:
  case VALUE_SUFFIX: set_text(c, row, value); break;
  case VALUE_WORDS: set_words(c, row, value, ", \t\n"); break;
  case VALUE_FILTERS: set_words(c, row, value, ","); break;
  case VALUE_ASYNC: set_async(c, row, value); break;
  case VALUE_RENAME: set_rename(c, row, value); break;
  case VALUE_ENCODING: set_encoding(c, row, value); break;
  case VALUE_YES_NO: set_yes_no(c, row, value); break;
  case VALUE_JSON:
    c->o->json = true;
    set_text(c, row, str_eq_c(value, "-") ? STR("") : value);
    break;
  }
  c->given[row - rows] = true;
}

/* Arguments */

/* The argument after the option as its value. One that looks like an option is taken as a slip, not as a value. */
static bool take_value(cursor *c, const option_row *row, str *value) {
  str next = c->next < c->argc ? str_of(c->argv[c->next]) : STR("");
  bool is_option = next.len > 1 && next.ptr[0] == '-';
  if (row->kind == VALUE_JSON) { /* the value is optional: only a likely file name belongs to the option */
    if (str_ends_with(next, ".json") || str_eq_c(next, "-"))
      *value = str_of(c->argv[c->next++]);
    return true;
  }
  if (c->next >= c->argc || is_option) {
    diag_error(c->diag, SPAN_NONE, "option '--%s' needs a value: %s", row->name, row->value);
    if (is_option)
      diag_note(c->diag, SPAN_NONE, "a value that starts with '-' is written '--%s=%.*s'", row->name, STR_ARG(next));
    return false;
  }
  *value = str_of(c->argv[c->next++]);
  return true;
}

static const option_row *find_long(str name) {
  for (size_t i = 0; i < ROW_COUNT; i++)
    if (str_eq_c(name, rows[i].name))
      return &rows[i];
  return NULL;
}

static const option_row *find_letter(char letter) {
  for (size_t i = 0; i < ROW_COUNT; i++)
    if (rows[i].letter == letter)
      return &rows[i];
  return NULL;
}

static void report_unknown(cursor *c, str name) {
  str names[ROW_COUNT];
  for (size_t i = 0; i < ROW_COUNT; i++)
    names[i] = str_of(rows[i].name);
  str nearest = diag_nearest(name, names, ROW_COUNT);
  diag_error(c->diag, SPAN_NONE, "unknown option '--%.*s'", STR_ARG(name));
  if (nearest.len)
    diag_note(c->diag, SPAN_NONE, "did you mean '--%.*s'?", STR_ARG(nearest));
}

/* `--name`, `--name value`, `--name=value` */
static void parse_long(cursor *c, str argument) {
  size_t equals = str_find(argument, '=', 0);
  str name = str_sub(argument, 0, equals);
  bool has_value = equals < argument.len;
  str value = has_value ? str_sub(argument, equals + 1, argument.len) : STR("");
  const option_row *row = find_long(name);
  if (!row)
    report_unknown(c, name);
  else if (row->kind == VALUE_FLAG && has_value)
    diag_error(c->diag, SPAN_NONE, "option '--%s' takes no value", row->name);
  else if (row->kind == VALUE_FLAG || has_value || take_value(c, row, &value))
    option_set(c, row, value);
}

/* `-n`, `-n value`, `-nvalue`, `-n=value`, and several flags in one: `-hV` */
static void parse_short(cursor *c, str letters) {
  for (size_t i = 0; i < letters.len; i++) {
    const option_row *row = find_letter(letters.ptr[i]);
    if (!row) {
      diag_error(c->diag, SPAN_NONE, "unknown option '-%.*s'", STR_ARG(letters));
      return;
    }
    if (row->kind != VALUE_FLAG) {
      str value = str_sub(letters, i + 1, letters.len);
      if (str_starts_with(value, "="))
        value = str_sub(value, 1, value.len);
      if (i + 1 < letters.len || take_value(c, row, &value))
        option_set(c, row, value);
      return;
    }
    option_set(c, row, STR(""));
  }
}

/* `c` is the peer's subcommand when it stands first and a path follows; a directory of that name is `./c`. */
static void drop_subcommand(options *o, int argc, char *const argv[]) {
  if (argc < 2 || strcmp(argv[1], "c") != 0 || o->paths.count < 2)
    return;
  o->paths.items++;
  o->paths.count--;
}

static void set_engines(options *o, diag *d) {
  o->emit.engine_wasm2c = o->engines.count == 0;
  for (size_t i = 0; i < o->engines.count; i++) {
    str name = o->engines.items[i];
    if (str_eq_c(name, "wasm2c"))
      o->emit.engine_wasm2c = true;
    else if (str_eq_c(name, "wasmtime"))
      o->emit.engine_wasmtime = true;
    else
      diag_error(d, SPAN_NONE, "option '--engine' takes wasm2c and wasmtime, not '%.*s'", STR_ARG(name));
  }
}

static void check_combinations(const options *o, diag *d) {
  if (o->engines.count && !o->host)
    diag_error(d, SPAN_NONE, "'--engine' is about glue for hosts: give '--host' too");
  if (o->emit.guest_module.len && !o->host)
    diag_error(d, SPAN_NONE, "'--guest-module' is about glue for hosts: give '--host' too");
  if (o->paths.count == 0)
    diag_error(d, SPAN_NONE, "no WIT file or directory given");
  if (o->to_stdout && o->check)
    diag_error(d, SPAN_NONE, "'--stdout' and '--check' exclude each other");
  if (o->to_stdout && o->emit.object_file)
    diag_error(d, SPAN_NONE, "'--stdout' cannot print the object file of '--object-file'");
  if (o->no_object_file && o->emit.object_file)
    diag_error(d, SPAN_NONE, "'--object-file' and '--no-object-file' exclude each other");
}

bool options_parse(options *o, int argc, char *const argv[], arena *a, diag *d) {
  cursor c = {.o = o, .argc = argc, .argv = argv, .next = 1, .arena = a, .diag = d};
  bool options_ended = false;
  *o = (options){0};
  while (c.next < argc) {
    str argument = str_of(argv[c.next++]);
    if (options_ended || argument.len < 2 || argument.ptr[0] != '-')
      vec_push(a, &o->paths, argument);
    else if (str_eq_c(argument, "--"))
      options_ended = true;
    else if (argument.ptr[1] == '-')
      parse_long(&c, str_sub(argument, 2, argument.len));
    else
      parse_short(&c, str_sub(argument, 1, argument.len));
  }
  drop_subcommand(o, argc, argv);
  set_engines(o, d);
  o->emit.async_helpers |= o->emit.threading_helpers;
  if (!o->help && !o->version)
    check_combinations(o, d);
  if (diag_failed(d))
    diag_note(d, SPAN_NONE, "'witgen --help' lists the options");
  return !diag_failed(d);
}

bool options_generate(const options *o) {
  return !o->json || o->guest || o->host || o->out_dir.len || o->to_stdout || o->check;
}

/* Texts */

static void add_quoted(buf *b, str argument) {
  const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  size_t i = 0;
  while (i < argument.len && strchr(plain, argument.ptr[i]))
    i++;
  if (argument.len && i == argument.len) {
    buf_add(b, argument);
    return;
  }
  buf_add_byte(b, '\'');
  for (i = 0; i < argument.len; i++)
    if (argument.ptr[i] == '\'')
      buf_add_c(b, "'\\''");
    else
      buf_add_byte(b, argument.ptr[i]);
  buf_add_byte(b, '\'');
}

str options_update_command(int argc, char *const argv[], arena *a) {
  buf b;
  buf_init(&b, a);
  for (int i = 0; i < argc; i++) {
    if (i > 0 && strcmp(argv[i], "--check") == 0)
      continue;
    if (i > 0)
      buf_add_byte(&b, ' ');
    add_quoted(&b, str_of(argv[i]));
  }
  return buf_str(&b);
}

enum { HELP_COLUMN = 32 };

static void print_row(FILE *out, const option_row *row) {
  int width = row->letter ? fprintf(out, "  -%c, --%s", row->letter, row->name) : fprintf(out, "      --%s", row->name);
  if (row->kind == VALUE_JSON)
    width += fprintf(out, "[=%s]", row->value);
  else if (row->kind == VALUE_ASYNC)
    width += fprintf(out, "=%s", row->value);
  else if (row->value)
    width += fprintf(out, " %s", row->value);
  if (width > HELP_COLUMN - 2)
    fprintf(out, "\n%*s", HELP_COLUMN, "");
  else
    fprintf(out, "%*s", HELP_COLUMN - width, "");
  for (const char *p = row->help; *p; p++)
    if (*p == '\n')
      fprintf(out, "\n%*s", HELP_COLUMN, "");
    else
      fputc(*p, out);
  fputc('\n', out);
}

void options_print_help(FILE *out) {
  fputs("Usage: witgen [OPTIONS] WIT...\n"
        "\n"
        "Reads WIT and writes C that implements or calls one of its worlds.\n"
        "\n"
        "  WIT                           a directory of *.wit files with its deps/, a *.wit file,\n"
        "                                or a *.wasm file that holds a binary WIT package; of several,\n"
        "                                each may use packages of those before it\n",
        out);
  for (int group = 0; group < GROUP_COUNT; group++) {
    fprintf(out, "\n%s\n", group_titles[group]);
    for (size_t i = 0; i < ROW_COUNT; i++)
      if ((int)rows[i].group == group)
        print_row(out, &rows[i]);
  }
  fputs("\n"
        "Exit status: 0 done, 1 the input was refused or a file could not be written (with --check: files are stale),\n"
        "2 the command line was not understood.\n",
        out);
}
