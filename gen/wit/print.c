/*
 * Print: packages, interfaces and worlds.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/print.h"

#include "wit/print_parts.h"

/* Places */

static size_t current_line(printer *p) {
  for (; p->counted < p->out.count; p->counted++) {
    p->line += p->out.items[p->counted] == '\n';
  }
  return p->line;
}

str print_enter(printer *p, char separator, str name) {
  str before = p->path;
  if (p->lines != NULL) {
    p->path = str_format(p->arena, "%.*s%c%.*s", STR_ARG(before), separator, STR_ARG(name));
    table_add(p->lines, p->path, (void *)(uintptr_t)current_line(p));
  }
  return before;
}

void print_enter_at(printer *p, str path, str name) {
  str current = p->path;
  p->path = path;
  print_enter(p, '.', name);
  p->path = current;
}

void print_leave(printer *p, str path) {
  p->path = path;
}

/* Interfaces */

static void print_body(printer *p, const interface *i) {
  buf_add_c(&p->out, " {\n");
  p->depth++;
  print_types(p, i->types.items, i->types.count, &i->funcs);
  bool first = i->types.count == 0;
  for (size_t k = 0; k < i->funcs.count; k++) {
    if (i->funcs.items[k]->resource == NULL) {
      buf_add_c(&p->out, first ? "" : "\n");
      print_func(p, i->funcs.items[k]);
      first = false;
    }
  }
  p->depth--;
  print_indent(p);
  buf_add_c(&p->out, "}\n");
}

static void print_interface(printer *p, const interface *i) {
  print_docs(p, &i->docs);
  print_stability(p, &i->stability);
  print_indent(p);
  buf_add_c(&p->out, "interface ");
  str path = print_enter(p, '/', i->name);
  print_name(p, i->name);
  print_body(p, i);
  print_leave(p, path);
}

/* Worlds */

/* The key under which the item is known, without a version. */
static str item_key(printer *p, const world_item *item) {
  if (item->name.len > 0) {
    return item->name;
  }
  const package_name *name = &item->interface->package->name;
  return str_format(p->arena, "%.*s:%.*s/%.*s", STR_ARG(name->ns), STR_ARG(name->name), STR_ARG(item->interface->name));
}

static void print_item_body(printer *p, const world_item *item) {
  if (item->name.len > 0) {
    print_name(p, item->kind == ITEM_FUNC ? item->func->item_name : item->name);
    buf_add_c(&p->out, ": ");
  }
  if (item->kind == ITEM_FUNC) {
    print_signature(p, item->func);
    buf_add_c(&p->out, ";\n");
  } else if (item->interface->name.len == 0) {
    buf_add_c(&p->out, "interface");
    print_body(p, item->interface);
  } else {
    print_interface_name(p, item->interface);
    buf_add_c(&p->out, ";\n");
  }
}

static const docs *item_docs(const world_item *item) {
  bool is_inline = item->kind == ITEM_INTERFACE && item->interface->name.len == 0;
  return item->kind == ITEM_FUNC ? &item->func->docs : is_inline ? &item->interface->docs : &item->docs;
}

static void print_item(printer *p, const world_item *item, const char *verb) {
  const func *f = item->kind == ITEM_FUNC ? item->func : NULL;
  print_docs(p, item_docs(item));
  print_stability(p, f != NULL ? &f->stability : &item->stability);
  print_external_id(p, f != NULL ? f->has_external_id : item->has_external_id, f != NULL ? f->external_id : item->external_id);
  print_indent(p);
  str key = str_format(p->arena, "%s.%.*s", verb, STR_ARG(item_key(p, item)));
  str path = print_enter(p, '.', key);
  buf_printf(&p->out, "%s ", verb);
  print_item_body(p, item);
  print_leave(p, path);
}

/* Types and functions of resources are among the imports, but are not imported in the text. */
static void print_world_types(printer *p, const world *w) {
  type_vec types = {0};
  func_vec funcs = {0};
  for (size_t i = 0; i < w->imports.count; i++) {
    const world_item *item = &w->imports.items[i];
    if (item->kind == ITEM_TYPE) {
      vec_push(p->arena, &types, item->type);
    } else if (item->kind == ITEM_FUNC && item->func->resource != NULL) {
      vec_push(p->arena, &funcs, item->func);
    }
  }
  if (types.count > 0) {
    str path = p->path;
    p->path = p->imports = str_format(p->arena, "%.*s.import", STR_ARG(path));
    print_types(p, types.items, types.count, &funcs);
    p->imports = STR("");
    print_leave(p, path);
    buf_add_byte(&p->out, '\n');
  }
}

static void print_world(printer *p, const world *w) {
  print_docs(p, &w->docs);
  print_stability(p, &w->stability);
  print_indent(p);
  buf_add_c(&p->out, "world ");
  str path = print_enter(p, '/', w->name);
  print_name(p, w->name);
  buf_add_c(&p->out, " {\n");
  p->depth++;
  print_world_types(p, w);
  for (size_t i = 0; i < w->imports.count; i++) {
    const world_item *item = &w->imports.items[i];
    if (item->kind != ITEM_TYPE && (item->kind != ITEM_FUNC || item->func->resource == NULL)) {
      print_item(p, item, "import");
    }
  }
  for (size_t i = 0; i < w->exports.count; i++) {
    print_item(p, &w->exports.items[i], "export");
  }
  p->depth--;
  print_indent(p);
  buf_add_c(&p->out, "}\n");
  print_leave(p, path);
}

/* Packages */

static void print_package_name(printer *p, const package *of) {
  print_docs(p, &of->docs);
  print_indent(p);
  buf_add_c(&p->out, "package ");
  p->path = str_format(p->arena, "%.*s:%.*s", STR_ARG(of->name.ns), STR_ARG(of->name.name));
  if (p->lines != NULL) {
    table_add(p->lines, p->path, (void *)(uintptr_t)current_line(p));
  }
  print_name(p, of->name.ns);
  buf_add_byte(&p->out, ':');
  print_name(p, of->name.name);
  if (of->name.has_version) {
    buf_printf(&p->out, "@%.*s", STR_ARG(semver_text(p->arena, &of->name.version)));
  }
}

static void print_items(printer *p, const package *of) {
  bool first = p->depth > 0;
  p->package = of;
  for (size_t i = 0; i < of->interfaces.count; i++) {
    buf_add_c(&p->out, first ? "" : "\n");
    print_interface(p, of->interfaces.items[i]);
    first = false;
  }
  for (size_t i = 0; i < of->worlds.count; i++) {
    buf_add_c(&p->out, first ? "" : "\n");
    print_world(p, of->worlds.items[i]);
    first = false;
  }
}

static void print_nested(printer *p, const package *of) {
  buf_add_byte(&p->out, '\n');
  print_package_name(p, of);
  buf_add_c(&p->out, " {\n");
  p->depth++;
  print_items(p, of);
  p->depth--;
  buf_add_c(&p->out, "}\n");
}

static printer printer_make(arena *a, table *lines) {
  printer p = {.arena = a, .lines = lines, .line = 1};
  buf_init(&p.out, a);
  return p;
}

str wit_print_package(const package *of, arena *a, table *lines) {
  printer p = printer_make(a, lines);
  print_package_name(&p, of);
  buf_add_c(&p.out, ";\n");
  print_items(&p, of);
  return buf_str(&p.out);
}

str wit_print(const model *m, const package *main, arena *a) {
  printer p = printer_make(a, NULL);
  print_package_name(&p, main);
  buf_add_c(&p.out, ";\n");
  print_items(&p, main);
  for (size_t i = 0; i < m->packages.count; i++) {
    if (m->packages.items[i] != main) {
      print_nested(&p, m->packages.items[i]);
    }
  }
  return buf_str(&p.out);
}
