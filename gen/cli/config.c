/*
 * Config: from the tree of witgen.yaml to targets.
 *
 * A value is turned into the texts that the command line would have for it, and set by the same setters; so both take and
 * refuse the same. What differs is which kinds of YAML fit which kind of option: check_shape().
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "cli/config.h"

#include <string.h>
#include <unistd.h>

#include "cli/config_node.h"
#include "cli/file.h"
#include "cli/options_set.h"
#include "support/table.h"
#include "support/vec.h"
#include "wit/files.h"

enum { MAX_TARGETS = 10000 };

typedef enum place { PLACE_TOP, PLACE_LIST_ENTRY, PLACE_NAMED_ENTRY } place;

typedef struct reader {
  config *config;
  str dir; /* of the file, for paths; empty: the current one */
  table names;
  arena *arena;
  diag *diag;
} reader;

static str path_in(const reader *r, str path) {
  if (r->dir.len == 0 || str_starts_with(path, "/"))
    return path;
  return str_of(file_path(r->arena, r->dir, path));
}

/* Shapes: what YAML each kind of option takes */

static bool is_list_kind(value_kind kind) {
  return kind == VALUE_WORDS || kind == VALUE_FILTERS || kind == VALUE_ASYNC || kind == VALUE_ITEMS;
}

static bool shape_fits(const option_row *row, node_kind kind) {
  switch (row->kind) {
  case VALUE_FLAG: return kind == NODE_BOOL;
  case VALUE_YES_NO:
  case VALUE_JSON: return kind == NODE_BOOL || kind == NODE_TEXT;
  case VALUE_RENAME: return kind == NODE_MAP;
  default: return kind == NODE_TEXT || (is_list_kind(row->kind) && kind == NODE_LIST);
  }
}

static const char *shape_name(const option_row *row) {
  switch (row->kind) {
  case VALUE_FLAG: return "true or false";
  case VALUE_YES_NO: return "true or false";
  case VALUE_JSON: return "true, false or the path of a file";
  case VALUE_RENAME: return "a mapping of names to names";
  case VALUE_FILE: return "the path of a file";
  case VALUE_DIR: return "the path of a directory";
  default: return is_list_kind(row->kind) ? "text or a list of texts" : "text";
  }
}

/* What a node of the wrong kind is, and what was probably meant. */
static void report_shape(const reader *r, const char *what, const char *wanted, const config_node *value) {
  bool has_text = value->text.len && (value->kind == NODE_TEXT || value->kind == NODE_BOOL);
  const char *quote = has_text ? "'" : "";
  bool is_empty = value->kind == NODE_TEXT && !has_text;
  str shown = has_text ? value->text : is_empty ? STR("an empty text") : str_of(config_node_name(value->kind));
  diag_error(r->diag, value->at, "%s takes %s, not %s%.*s%s", what, wanted, quote, STR_ARG(shown), quote);
  bool wants_bool = strncmp(wanted, "true", 4) == 0;
  if (wants_bool && (str_eq_c(value->text, "yes") || str_eq_c(value->text, "on")))
    diag_note(r->diag, SPAN_NONE, "did you mean 'true'?");
  else if (wants_bool && (str_eq_c(value->text, "no") || str_eq_c(value->text, "off")))
    diag_note(r->diag, SPAN_NONE, "did you mean 'false'?");
  else if (wants_bool && (str_eq_c(value->text, "true") || str_eq_c(value->text, "false")))
    diag_note(r->diag, SPAN_NONE, "it stands without quotes");
  else if (!wants_bool && !strstr(wanted, "mapping") && (value->kind == NODE_NUMBER || value->kind == NODE_BOOL))
    diag_note(r->diag, SPAN_NONE, "as text it stands in quotes: \"%.*s\"", STR_ARG(value->text));
}

static bool check_shape(const reader *r, const option_row *row, const config_node *value) {
  bool fits = shape_fits(row, value->kind);
  if (!fits)
    report_shape(r, str_format(r->arena, "'%s'", row->name).ptr, shape_name(row), value);
  return fits;
}

/* Values */

static bool is_true(const config_node *value) {
  return value->kind == NODE_BOOL && (value->text.ptr[0] == 't' || value->text.ptr[0] == 'T');
}

/* A single value as the command line would have it. */
static str value_text(const reader *r, const option_row *row, const config_node *value) {
  if (value->kind == NODE_BOOL)
    return row->kind == VALUE_JSON ? STR("") : is_true(value) ? STR("yes") : STR("no");
  bool is_path = row->kind == VALUE_FILE || row->kind == VALUE_DIR || row->kind == VALUE_JSON;
  return is_path && value->text.len && !str_eq_c(value->text, "-") ? path_in(r, value->text) : value->text;
}

static void set_list(const reader *r, option_setter *s, const option_row *row, const config_node *list) {
  for (size_t i = 0; i < list->items.count; i++) {
    const config_node *item = list->items.items[i];
    s->at = item->at;
    if (item->kind == NODE_TEXT && item->text.len)
      option_set(s, row, item->text);
    else
      report_shape(r, str_format(r->arena, "a list of '%s'", row->name).ptr, "texts that are not empty", item);
  }
}

static void set_renames(const reader *r, option_setter *s, const option_row *row, const config_node *map) {
  for (size_t i = 0; i < map->items.count; i++) {
    const config_node *from = map->keys.items[i], *to = map->items.items[i];
    s->at = to->at;
    if (to->kind == NODE_TEXT && to->text.len && from->text.len)
      option_set_rename(s, row, from->text, to->text);
    else
      report_shape(r, str_format(r->arena, "'%.*s' in '%s'", STR_ARG(from->text), row->name).ptr, "a name", to);
  }
}

static void read_option(const reader *r, options *o, const option_row *row, const config_node *key, const config_node *value) {
  option_setter s = {o, ORIGIN_FILE, value->at, r->arena, r->diag};
  if (!check_shape(r, row, value))
    return;
  bool off = row->kind == VALUE_JSON && value->kind == NODE_BOOL && !is_true(value);
  if (off || ((value->kind == NODE_LIST || value->kind == NODE_MAP) && value->items.count == 0))
    option_clear(&s, row);
  else if (value->kind == NODE_LIST)
    set_list(r, &s, row, value);
  else if (value->kind == NODE_MAP)
    set_renames(r, &s, row, value);
  else
    option_set(&s, row, value_text(r, row, value));
  o->origins[row - option_rows].at = key->at;
}

static void add_wit(const reader *r, options *o, const config_node *value) {
  if (value->kind == NODE_TEXT && value->text.len)
    vec_push(r->arena, &o->paths, path_in(r, value->text));
  else
    report_shape(r, "'wit'", "the path of a file or directory, or a list of them", value);
}

static void read_wit(const reader *r, options *o, const config_node *key, const config_node *value) {
  o->paths_origin = (option_origin){ORIGIN_FILE, key->at, false};
  if (value->kind != NODE_LIST)
    add_wit(r, o, value);
  else if (value->items.count == 0)
    diag_error(r->diag, value->at, "'wit' is an empty list");
  else
    for (size_t i = 0; i < value->items.count; i++)
      add_wit(r, o, value->items.items[i]);
}

/* Keys */

static void report_unknown(const reader *r, place where, const config_node *key) {
  str_vec names = {0};
  diag_error(r->diag, key->at, "unknown key '%.*s'", STR_ARG(key->text));
  if (r->diag->dropping)
    return; /* of thousands, only the first are looked up */
  vec_push(r->arena, &names, STR("wit"));
  if (where != PLACE_NAMED_ENTRY)
    vec_push(r->arena, &names, where == PLACE_TOP ? STR("targets") : STR("name"));
  for (size_t i = 0; i < option_row_count; i++)
    if (option_rows[i].scope == SCOPE_TARGET)
      vec_push(r->arena, &names, str_of(option_rows[i].name));
  str wanted = str_starts_with(key->text, "--") ? str_sub(key->text, 2, key->text.len) : key->text;
  str nearest = diag_nearest(wanted, names.items, names.count);
  if (nearest.len)
    diag_note(r->diag, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(nearest));
}

static void read_option_key(const reader *r, options *o, place where, const config_node *key, const config_node *value) {
  const option_row *row = option_find(key->text);
  if (row && row->scope == SCOPE_TARGET)
    read_option(r, o, row, key, value);
  else if (row)
    diag_error(r->diag, key->at, "'%s' is for the command line only: '--%s'", row->name, row->name);
  else if (where != PLACE_TOP && str_eq_c(key->text, "targets"))
    diag_error(r->diag, key->at, "'targets' stands at the top of the file only");
  else if (where != PLACE_LIST_ENTRY && str_eq_c(key->text, "name"))
    diag_error(r->diag, key->at, where == PLACE_TOP ? "'name' belongs to an entry of 'targets'" : "this target has a name already: its key");
  else
    report_unknown(r, where, key);
}

/* A mapping of keys to values, but for the names of targets. */
static void read_options(const reader *r, options *o, place where, const config_node *map) {
  options_init(o, r->arena);
  for (size_t i = 0; i < map->items.count; i++) {
    const config_node *key = map->keys.items[i], *value = map->items.items[i];
    if (str_eq_c(key->text, "wit"))
      read_wit(r, o, key, value);
    else if (!(where == PLACE_TOP && str_eq_c(key->text, "targets")) && !(where == PLACE_LIST_ENTRY && str_eq_c(key->text, "name")))
      read_option_key(r, o, where, key, value);
  }
}

static config_node *find_key(const config_node *map, const char *name) {
  for (size_t i = 0; i < map->items.count; i++)
    if (str_eq_c(map->keys.items[i]->text, name))
      return map->items.items[i];
  return NULL;
}

/* Targets */

static void name_target(reader *r, config_target *t, const config_node *name) {
  if (name->kind != NODE_TEXT || !name->text.len) {
    report_shape(r, "'name'", "text", name);
    return;
  }
  t->name = name->text;
  t->at = name->at;
  const config_node *other = table_add(&r->names, name->text, (void *)(uintptr_t)name);
  if (!other)
    return;
  diag_error(r->diag, name->at, "two targets are called '%.*s'", STR_ARG(name->text));
  diag_note(r->diag, other->at, "the first is here");
}

/* `name` is that of an entry of a mapping, or NULL. */
static void read_target(reader *r, const config_node *name, const config_node *map) {
  static const config_node nothing = {.kind = NODE_MAP};
  config_target t = {.at = map->at};
  if (name && map->kind == NODE_NULL)
    map = &nothing;
  if (map->kind != NODE_MAP) {
    report_shape(r, "a target", "a mapping of keys to values", map);
    return;
  }
  const config_node *inside = name ? name : find_key(map, "name");
  if (inside)
    name_target(r, &t, inside);
  read_options(r, &t.options, name ? PLACE_NAMED_ENTRY : PLACE_LIST_ENTRY, map);
  vec_push(r->arena, &r->config->targets, t);
}

static void read_targets(reader *r, const config_node *value) {
  bool is_map = value->kind == NODE_MAP;
  if (!is_map && value->kind != NODE_LIST)
    report_shape(r, "'targets'", "a list of mappings, or a mapping of names to mappings", value);
  else if (value->items.count == 0)
    diag_error(r->diag, value->at, "'targets' is empty");
  else if (value->items.count > MAX_TARGETS)
    diag_error(r->diag, value->items.items[MAX_TARGETS]->at, "more than %d targets", MAX_TARGETS);
  else
    for (size_t i = 0; i < value->items.count; i++)
      read_target(r, is_map ? value->keys.items[i] : NULL, value->items.items[i]);
}

/* What the top level says, and the target says otherwise or not at all. */
static void add_defaults(const reader *r, const options *defaults) {
  for (size_t i = 0; i < r->config->targets.count; i++) {
    options *own = &r->config->targets.items[i].options, both = *defaults;
    both.origins = arena_new_array(r->arena, option_origin, option_row_count);
    for (size_t k = 0; k < option_row_count; k++) {
      both.origins[k] = defaults->origins[k];
      both.origins[k].shared = true;
    }
    options_merge(&both, own);
    *own = both;
  }
}

static void read_file(reader *r, const config_node *root) {
  config_target single = {.at = root->at};
  read_options(r, &single.options, PLACE_TOP, root);
  single.options.base_dir = r->dir;
  const config_node *targets = find_key(root, "targets");
  if (targets) {
    read_targets(r, targets);
    add_defaults(r, &single.options);
  } else {
    vec_push(r->arena, &r->config->targets, single);
  }
}

/* Public functions */

str config_find(const options *given) {
  bool here = !given->config.len && given->paths.count == 0 && access(CONFIG_NAME, F_OK) == 0;
  return here ? STR(CONFIG_NAME) : given->config;
}

bool config_parse(config *c, const source *src, arena *a, diag *d) {
  size_t errors = d->errors;
  const char *slash = src->path.len ? strrchr(str_c(a, src->path), '/') : NULL;
  size_t dir_len = slash ? src->path.len - strlen(slash) + 1 : 0;
  *c = (config){.path = src->path};
  reader r = {.config = c, .dir = str_sub(src->path, 0, dir_len), .arena = a, .diag = d};
  table_init(&r.names, a);
  const config_node *root = config_node_read(src, a, d);
  if (!root)
    return false;
  if (root->kind == NODE_MAP)
    read_file(&r, root);
  else
    report_shape(&r, "this file", "a mapping of keys to values", root);
  return d->errors == errors;
}

bool config_read(config *c, str path, arena *a, diag *d) {
  source *src = arena_new(a, source);
  src->path = path;
  return wit_files_on_disk.read(&wit_files_on_disk, path, a, d, &src->text) && config_parse(c, src, a, d);
}

void config_without_file(config *c, const options *given, arena *a) {
  config_target only = {.options = *given};
  *c = (config){0};
  vec_push(a, &c->targets, only);
}

static bool holds(const str_vec *names, str name) {
  for (size_t i = 0; i < names->count; i++)
    if (str_eq(names->items[i], name))
      return true;
  return false;
}

static bool check_names(const config *c, const str_vec *names, arena *a, diag *d) {
  str_vec known = {0};
  bool ok = true;
  if (names->count && !c->path.len) {
    diag_error(d, SPAN_NONE, "'--target' is about the targets of a file: give '--config' too");
    return false;
  }
  for (size_t i = 0; i < c->targets.count; i++)
    vec_push(a, &known, c->targets.items[i].name);
  for (size_t i = 0; i < names->count; i++) {
    str name = names->items[i], nearest = diag_nearest(name, known.items, known.count);
    if (holds(&known, name))
      continue;
    diag_error(d, SPAN_NONE, "'%.*s' has no target '%.*s'", STR_ARG(c->path), STR_ARG(name));
    if (nearest.len)
      diag_note(d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(nearest));
    ok = false;
  }
  return ok;
}

bool config_select(config *c, const str_vec *names, arena *a, diag *d) {
  size_t kept = 0;
  if (!check_names(c, names, a, d))
    return false;
  for (size_t i = 0; i < c->targets.count; i++)
    if (names->count == 0 || holds(names, c->targets.items[i].name))
      c->targets.items[kept++] = c->targets.items[i];
  c->targets.count = kept;
  return true;
}

bool config_finish(config *c, const options *given, diag *d) {
  bool ok = true, several = c->targets.count > 1;
  for (size_t i = 0; several && i < option_row_count; i++)
    given->origins[i].shared = true;
  for (size_t i = 0; i < c->targets.count; i++) {
    config_target *t = &c->targets.items[i];
    if (c->path.len)
      options_merge(&t->options, given);
    ok &= options_finish(&t->options, t->at, d);
  }
  return ok;
}

/* Whether `text` holds "--name". */
static bool speaks_of(str text, const char *name, arena *a) {
  const char *option = str_format(a, "--%s", name).ptr, *all = str_c(a, text);
  for (const char *p = strstr(all, option); p; p = strstr(p + 1, option))
    if (!strchr("abcdefghijklmnopqrstuvwxyz-", p[strlen(option)]) || !p[strlen(option)])
      return true;
  return false;
}

static bool any_speaks_of(const diag_message_vec *messages, const char *name, arena *a) {
  for (size_t i = 0; i < messages->count; i++) {
    const diag_message *m = &messages->items[i];
    if (speaks_of(m->text, name, a) || (m->at.source && speaks_of(m->at.source->path, name, a)))
      return true;
  }
  return false;
}

void config_note_places(const config_target *t, diag *d) {
  diag_message_vec said = d->messages;
  for (size_t i = 0; said.count && i < option_row_count; i++) {
    option_origin origin = t->options.origins[i];
    bool spoken = false;
    for (size_t k = 0; origin.kind == ORIGIN_FILE && k < option_row_count; k++) /* `async` is reported as `--sync` */
      spoken |= option_rows[k].field == option_rows[i].field && any_speaks_of(&said, option_rows[k].name, d->arena);
    if (spoken)
      diag_note(d, origin.at, "'%s' is given here", option_rows[i].name);
  }
}
