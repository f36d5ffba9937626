/*
 * Names, WIT: a world has a pool of few words, of which all its names are made, so that they meet often: the words as they
 * are, joined, in upper case, with digits, with what generated names begin or end with, and the halves of long ones.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "names_wit.h"

#include "support/vec.h"

enum { POOL = 9, DEPTH = 2 };

typedef enum kind { KIND_VALUE, KIND_RESOURCE } kind;

typedef struct named {
  str name;
  kind kind;
} named;

typedef struct named_vec {
  named *items;
  size_t count, cap;
} named_vec;

typedef struct writer {
  random_state *r;
  arena *arena;
  buf out;
  str pool[POOL];
  named_vec types; /* of the scope that is being written */
  bool shy;        /* of async, streams, futures */
} writer;

/* One scope of WIT: names are equal there without case and hyphens. */
typedef struct scope {
  table taken;
} scope;

uint64_t random_next(random_state *r) {
  uint64_t z = r->value += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

size_t random_below(random_state *r, size_t limit) { return (size_t)(random_next(r) % limit); }

static bool one_in(writer *w, size_t n) { return random_below(w->r, n) == 0; }

/* Names */

static str recase(writer *w, str name, char from, char to) {
  str copy = str_copy(w->arena, name);
  char *p = (char *)(uintptr_t)copy.ptr;
  for (size_t i = 0; i < copy.len; i++)
    p[i] = p[i] >= from && p[i] < from + 26 ? (char)(p[i] - from + to) : p[i];
  return copy;
}

static str upper(writer *w, str name) { return recase(w, name, 'a', 'A'); }
static str lower(writer *w, str name) { return recase(w, name, 'A', 'a'); }

static str key_of(writer *w, str name) {
  str all = upper(w, name);
  buf b;
  buf_init(&b, w->arena);
  for (size_t i = 0; i < all.len; i++)
    if (all.ptr[i] != '-')
      buf_add_byte(&b, all.ptr[i]);
  return buf_str(&b);
}

static str pool_word(writer *w) { return w->pool[random_below(w->r, POOL)]; }

/* What generated names begin and end with. */
static str affixed(writer *w, str name) {
  static const char *const before[] = {"own-", "borrow-", "list-", "option-", "exports-", "tuple2-", "maybe-", "get-", "set-",
                                       "method-r-", "static-", "constructor-", "stream-", "future-", "result-", "string-",
                                       "wit-", "witguest-", "withost-", "load-", "store-", "lower-", "import-", "export-"};
  static const char *const after[] = {"-drop", "-free", "-t", "-callback", "-return", "-new", "-rep", "-dtor", "-post-return",
                                      "-drop-own", "-drop-borrow", "-destructor", "-entry", "-entry-t", "-writer-t", "-done",
                                      "-ptr", "-len", "-tag", "-val", "-args", "-args-t", "-for-task", "-void", "-void-void",
                                      "-u8", "-string", "-sync", "-async", "-post", "-stackful", "-drop-handles", "-read",
                                      "-instance", "-imports", "-core", "-subtask", "-event", "-h", "-0", "-1", "1", "2"};
  if (one_in(w, 2))
    return str_format(w->arena, "%s%.*s", before[random_below(w->r, sizeof before / sizeof *before)], STR_ARG(name));
  return str_format(w->arena, "%.*s%s", STR_ARG(name), after[random_below(w->r, sizeof after / sizeof *after)]);
}

/* One half of a name of several words. */
static str half(writer *w, str name, bool first) {
  size_t cut = str_find(name, '-', 0);
  if (cut + 1 >= name.len)
    return name;
  size_t next = str_find(name, '-', cut + 1);
  if (next < name.len && one_in(w, 2))
    cut = next;
  str part = first ? str_sub(name, 0, cut) : str_sub(name, cut + 1, name.len);
  return part.ptr[0] >= '0' && part.ptr[0] <= '9' ? name : part;
}

static str make_name(writer *w) {
  str name = pool_word(w), other = pool_word(w);
  switch (random_below(w->r, 14)) {
  case 0: return str_format(w->arena, "%.*s-%.*s", STR_ARG(name), STR_ARG(other));
  case 1: return upper(w, name);
  case 2: return str_format(w->arena, "%.*s-%.*s", STR_ARG(name), STR_ARG(upper(w, other)));
  case 3: case 4: return affixed(w, name);
  case 5: case 6: return half(w, name, true);
  case 7: case 8: return half(w, name, false);
  default: return name;
  }
}

/* A name that is new in its scope; now and then one that may not be. */
static str new_name(writer *w, scope *s) {
  for (int tries = 0; tries < 40; tries++) {
    str name = make_name(w);
    if (table_add(&s->taken, key_of(w, name), w) == NULL || one_in(w, 500))
      return name;
  }
  str name = str_format(w->arena, "%.*s-n%u", STR_ARG(pool_word(w)), (unsigned)random_below(w->r, 1000000));
  table_add(&s->taken, key_of(w, name), w);
  return name;
}

static void scope_init(writer *w, scope *s) { table_init(&s->taken, w->arena); }
static void scope_release(scope *s) { table_release(&s->taken); }

static void add_name(writer *w, str name) { buf_printf(&w->out, "%%%.*s", STR_ARG(name)); }

/* Types */

static void add_type(writer *w, size_t depth);

static void add_inner(writer *w, const char *format, size_t depth) {
  for (const char *p = format; *p; p++)
    if (*p == '$')
      add_type(w, depth - 1);
    else
      buf_add_byte(&w->out, *p);
}

static void add_type(writer *w, size_t depth) {
  static const char *const plain[] = {"u8", "u32", "s64", "f32", "f64", "bool", "char", "string", "string", "u16", "error-context"};
  static const char *const made[] = {"list<$>", "option<$>", "result<$, $>", "result<_, $>", "result<$>", "result", "tuple<$, $>",
                                     "map<string, u8>", "list<$, 3>", "list<$>", "option<$>", "stream<u8>", "future<$>"};
  if (w->types.count > 0 && one_in(w, 2)) {
    add_name(w, w->types.items[random_below(w->r, w->types.count)].name);
  } else if (depth == 0 || one_in(w, 2)) {
    buf_add_c(&w->out, plain[random_below(w->r, (sizeof plain / sizeof *plain) - w->shy)]);
  } else {
    add_inner(w, made[random_below(w->r, (sizeof made / sizeof *made) - (w->shy ? 2 : 0))], depth);
  }
}

static void add_params(writer *w) {
  scope s;
  scope_init(w, &s);
  buf_add_byte(&w->out, '(');
  for (size_t i = random_below(w->r, one_in(w, 12) ? 19 : 4); i > 0; i--) {
    add_name(w, new_name(w, &s));
    buf_add_c(&w->out, ": ");
    add_type(w, DEPTH);
    buf_add_c(&w->out, i > 1 ? ", " : "");
  }
  buf_add_byte(&w->out, ')');
  scope_release(&s);
}

static void add_func(writer *w, const char *before) {
  buf_printf(&w->out, ": %s%sfunc", before, !w->shy && one_in(w, 3) ? "async " : "");
  add_params(w);
  if (one_in(w, 2))
    return;
  buf_add_c(&w->out, " -> ");
  add_type(w, DEPTH);
}

static void add_resource(writer *w, str name) {
  scope s;
  scope_init(w, &s);
  table_add(&s.taken, key_of(w, name), w); /* nor may a method be called like its resource */
  buf_add_c(&w->out, " {\n");
  if (one_in(w, 2)) {
    buf_add_c(&w->out, "    constructor");
    add_params(w);
    buf_add_c(&w->out, ";\n");
  }
  for (size_t i = random_below(w->r, 4); i > 0; i--) {
    buf_add_c(&w->out, "    ");
    add_name(w, new_name(w, &s));
    add_func(w, one_in(w, 3) ? "static " : "");
    buf_add_c(&w->out, ";\n");
  }
  buf_add_c(&w->out, "  }\n");
  scope_release(&s);
}

static void add_members(writer *w, bool types, bool may_lack) {
  scope s;
  scope_init(w, &s);
  buf_add_c(&w->out, " { ");
  for (size_t i = 1 + random_below(w->r, one_in(w, 30) ? 32 : 5); i > 0; i--) {
    add_name(w, new_name(w, &s));
    if (types && !(may_lack && one_in(w, 3))) {
      buf_add_c(&w->out, may_lack ? "(" : ": ");
      add_type(w, DEPTH);
      buf_add_c(&w->out, may_lack ? ")" : "");
    }
    buf_add_c(&w->out, i > 1 ? ", " : " }\n");
  }
  scope_release(&s);
}

static void add_definition(writer *w, scope *s) {
  static const char *const words[] = {"record", "variant", "enum", "flags", "type", "resource"};
  size_t which = random_below(w->r, sizeof words / sizeof *words);
  str name = new_name(w, s);
  buf_printf(&w->out, "  %s ", words[which]);
  add_name(w, name);
  if (which < 2) {
    add_members(w, true, which == 1);
  } else if (which < 4) {
    add_members(w, false, false);
  } else if (which == 4) {
    buf_add_c(&w->out, " = ");
    add_type(w, DEPTH);
    buf_add_c(&w->out, ";\n");
  } else {
    add_resource(w, name);
  }
  vec_push(w->arena, &w->types, ((named){name, which == 5 ? KIND_RESOURCE : KIND_VALUE}));
}

/* Interfaces and worlds */

static void add_body(writer *w, scope *s) {
  w->types.count = 0;
  for (size_t i = random_below(w->r, 4); i > 0; i--)
    add_definition(w, s);
  for (size_t i = 1 + random_below(w->r, 3); i > 0; i--) {
    buf_add_c(&w->out, "  ");
    add_name(w, new_name(w, s));
    add_func(w, "");
    buf_add_c(&w->out, ";\n");
  }
}

/* A type of the interface before, under its name or another. */
static void add_use(writer *w, str interface, const named_vec *from, named_vec *into, scope *s) {
  if (from->count == 0)
    return;
  const named *t = &from->items[random_below(w->r, from->count)];
  str as = new_name(w, s);
  buf_add_c(&w->out, "  use ");
  add_name(w, interface);
  buf_add_c(&w->out, ".{");
  add_name(w, t->name);
  buf_add_c(&w->out, " as ");
  add_name(w, as);
  buf_add_c(&w->out, "};\n");
  vec_push(w->arena, into, ((named){as, t->kind}));
}

static named_vec add_interface(writer *w, str name) {
  scope s;
  scope_init(w, &s);
  buf_add_c(&w->out, "interface ");
  add_name(w, name);
  buf_add_c(&w->out, " {\n");
  add_body(w, &s);
  buf_add_c(&w->out, "}\n");
  scope_release(&s);
  named_vec types = w->types;
  w->types = (named_vec){0};
  return types;
}

static void add_side(writer *w, const char *side, scope *s) {
  buf_printf(&w->out, "  %s ", side);
  add_name(w, new_name(w, s));
}

static void add_inline(writer *w, const char *side, scope *s) {
  named_vec outer = w->types;
  scope inner;
  scope_init(w, &inner);
  w->types = (named_vec){0};
  add_side(w, side, s);
  buf_add_c(&w->out, ": interface {\n");
  add_body(w, &inner);
  buf_add_c(&w->out, "  }\n");
  w->types = outer;
  scope_release(&inner);
}

static void add_world(writer *w, str name, const str *interfaces, const named_vec *types) {
  scope in, out; /* imports and exports are scopes of their own; types are imports */
  scope_init(w, &in);
  scope_init(w, &out);
  buf_add_c(&w->out, "world ");
  add_name(w, name);
  buf_add_c(&w->out, " {\n");
  w->types = (named_vec){0};
  for (size_t i = 0; i < 2; i++) {
    if (!one_in(w, 3))
      buf_printf(&w->out, "  import %%%.*s;\n", STR_ARG(interfaces[i]));
    if (one_in(w, 2))
      buf_printf(&w->out, "  export %%%.*s;\n", STR_ARG(interfaces[i]));
  }
  if (one_in(w, 3))
    add_use(w, interfaces[0], &types[0], &w->types, &in);
  for (size_t i = random_below(w->r, 3); i > 0; i--)
    add_definition(w, &in);
  for (size_t i = random_below(w->r, 3); i > 0; i--) {
    bool import = one_in(w, 2);
    add_side(w, import ? "import" : "export", import ? &in : &out);
    add_func(w, "");
    buf_add_c(&w->out, ";\n");
  }
  for (size_t i = random_below(w->r, 3); i > 0; i--) {
    bool import = one_in(w, 2);
    add_inline(w, import ? "import" : "export", import ? &in : &out);
  }
  buf_add_c(&w->out, "}\n");
  scope_release(&in);
  scope_release(&out);
}

str names_wit(random_state *r, const str_vec *words, arena *a) {
  writer w = {.r = r, .arena = a};
  scope s;
  str interfaces[2];
  named_vec types[2];
  buf_init(&w.out, a);
  scope_init(&w, &s);
  for (size_t i = 0; i < POOL; i++)
    w.pool[i] = words->items[random_below(r, words->count)];
  w.shy = one_in(&w, 2);
  buf_add_c(&w.out, "package ");
  add_name(&w, lower(&w, make_name(&w))); /* components accept no capital letters here */
  buf_add_byte(&w.out, ':');
  add_name(&w, lower(&w, make_name(&w)));
  buf_add_c(&w.out, one_in(&w, 4) ? "@1.0.0-rc.1;\n" : ";\n");
  for (size_t i = 0; i < 2; i++) {
    interfaces[i] = new_name(&w, &s);
    types[i] = add_interface(&w, interfaces[i]);
  }
  add_world(&w, new_name(&w, &s), interfaces, types);
  scope_release(&s);
  return buf_str(&w.out);
}
