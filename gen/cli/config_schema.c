/*
 * Schema: what witgen.yaml may hold, for editors that complete and check while one types.
 *
 * JSON Schema, draft 7, which is what language servers for YAML read. Each option is defined once and may stand at the
 * top and in each target.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config.h"

/* jansson's functions take NULL for "no memory" and pass it on; config_schema() looks at the end. */

static json_t *text_schema(void) {
  return json_pack("{s:s, s:i}", "type", "string", "minLength", 1);
}

static json_t *list_of(json_t *item) {
  return json_pack("{s:s, s:o}", "type", "array", "items", item);
}

static json_t *either(json_t *one, json_t *other) {
  return json_pack("{s:[o,o]}", "anyOf", one, other);
}

static json_t *choices_schema(const option_row *row, arena *a) {
  str_vec choices = option_choices(row, a);
  json_t *list = json_array();
  for (size_t i = 0; i < choices.count; i++)
    json_array_append_new(list, json_stringn(choices.items[i].ptr, choices.items[i].len));
  return json_pack("{s:o}", "enum", list);
}

/* One text with several words of the row's choices. */
static json_t *words_schema(const option_row *row, arena *a) {
  str_vec choices = option_choices(row, a);
  buf any;
  buf_init(&any, a);
  for (size_t i = 0; i < choices.count; i++)
    buf_printf(&any, "%s%.*s", i ? "|" : "", STR_ARG(choices.items[i]));
  str pattern = str_format(a, "^(%.*s)([ ,]+(%.*s))*$", STR_ARG(buf_str(&any)), STR_ARG(buf_str(&any)));
  return either(json_pack("{s:s, s:s}", "type", "string", "pattern", pattern.ptr), list_of(choices_schema(row, a)));
}

static json_t *async_schema(void) {
  json_t *filter = json_pack("{s:s, s:s}", "type", "string", "pattern", "^-.");
  return either(json_incref(filter), list_of(filter));
}

static json_t *value_schema(const option_row *row, arena *a) {
  switch (row->kind) {
  case VALUE_FLAG: return json_pack("{s:s}", "type", "boolean");
  case VALUE_YES_NO: return either(json_pack("{s:s}", "type", "boolean"), choices_schema(row, a));
  case VALUE_CHOICE: return choices_schema(row, a);
  case VALUE_SUFFIX: return json_pack("{s:s}", "type", "string");
  case VALUE_JSON: return either(json_pack("{s:s}", "type", "boolean"), text_schema());
  case VALUE_RENAME:
    return json_pack("{s:s, s:o, s:o}", "type", "object", "propertyNames", text_schema(), "additionalProperties", text_schema());
  case VALUE_ASYNC: return async_schema();
  case VALUE_WORDS: return row->choices ? words_schema(row, a) : either(text_schema(), list_of(text_schema()));
  case VALUE_FILTERS:
  case VALUE_ITEMS: return either(text_schema(), list_of(text_schema()));
  case VALUE_TEXT:
  case VALUE_FILE:
  case VALUE_DIR: break;
  }
  return text_schema();
}

static void describe(json_t *schema, const char *help, arena *a) {
  char *line = (char *)str_copy(a, str_of(help)).ptr;
  for (char *p = line; (p = strchr(p, '\n'));)
    *p = ' ';
  json_object_set_new(schema, "description", json_string(line));
}

static json_t *definitions(arena *a) {
  json_t *all = json_object();
  json_t *wit = either(text_schema(), json_pack("{s:s, s:i, s:o}", "type", "array", "minItems", 1, "items", text_schema()));
  describe(wit, "WIT files and directories, or binary WIT packages; each may use packages of those before it", a);
  json_object_set_new(all, "wit", wit);
  for (size_t i = 0; i < option_row_count; i++) {
    const option_row *row = &option_rows[i];
    if (row->scope != SCOPE_TARGET)
      continue;
    json_t *schema = value_schema(row, a);
    describe(schema, row->help, a);
    json_object_set_new(all, row->name, schema);
  }
  return all;
}

/* A mapping of options, each as it is defined, and one more key. */
static json_t *mapping_schema(const json_t *defined, const char *key, json_t *value, arena *a) {
  json_t *properties = json_object();
  const char *name;
  json_t *ignored;
  if (key)
    json_object_set_new(properties, key, value);
  json_object_foreach((json_t *)(uintptr_t)defined, name, ignored) {
    str reference = str_format(a, "#/definitions/%s", name);
    json_object_set_new(properties, name, json_pack("{s:s}", "$ref", reference.ptr));
  }
  return json_pack("{s:s, s:o, s:b}", "type", "object", "properties", properties, "additionalProperties", 0);
}

static json_t *targets_schema(const json_t *defined, arena *a) {
  json_t *listed = mapping_schema(defined, "name", text_schema(), a);
  json_t *named = either(mapping_schema(defined, NULL, NULL, a), json_pack("{s:s}", "type", "null"));
  json_t *list = json_pack("{s:s, s:i, s:o}", "type", "array", "minItems", 1, "items", listed);
  json_t *map = json_pack("{s:s, s:i, s:o, s:o}", "type", "object", "minProperties", 1, "propertyNames", text_schema(),
                          "additionalProperties", named);
  json_t *targets = either(list, map);
  describe(targets, "what is generated: a list, or a mapping of names; what is left out stands beside 'targets' for all", a);
  return targets;
}

str config_schema(arena *a) {
  json_t *defined = definitions(a);
  json_t *schema = mapping_schema(defined, "targets", targets_schema(defined, a), a);
  json_object_set_new(schema, "$schema", json_string("http://json-schema.org/draft-07/schema#"));
  json_object_set_new(schema, "title", json_string("witgen.yaml"));
  json_object_set_new(schema, "definitions", defined);
  char *text = json_dumps(schema, JSON_INDENT(2));
  json_decref(schema);
  if (!text) {
    fputs("witgen: out of memory\n", stderr);
    exit(1);
  }
  str kept = str_format(a, "%s\n", text);
  free(text);
  return kept;
}
