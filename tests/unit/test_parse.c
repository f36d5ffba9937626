/*
 * Parse: WIT text to tree, documentation, places of errors, and recovery.
 *
 * The grammar is CM's WIT.md with the parser's own rules of docs/ on top. Where an error is pointed at was read off the
 * reference tool's output for the same text; the corpus test compares all of parse-fail.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_dump.h"
#include "syntax_help.h"

#include "wit/parse.h"

/* The tree as text, or the first message. */
static const char *parsed(fixture *f, const char *text) {
  size_t before = f->diag.messages.count;
  const syn_file *file = wit_parse(fixture_source(f, str_of(text)), &f->arena, &f->diag);
  if (file == NULL) {
    f->diag.errors = 0;
    return fixture_message(f, before);
  }
  assert_int_equal(f->diag.messages.count, before);
  buf b;
  buf_init(&b, &f->arena);
  dump_file(&b, file);
  return buf_str(&b).ptr;
}

/* The body of an interface. */
static const char *parsed_body(fixture *f, const char *body) {
  return parsed(f, str_format(&f->arena, "interface i {%s}", body).ptr);
}

static const char *parsed_type(fixture *f, const char *type) {
  return parsed_body(f, str_format(&f->arena, "type t = %s;", type).ptr);
}

#define in_interface(body) "interface i{" body "}"
#define as_type(type)      in_interface("type t=" type)

static void reads_every_type(void **state) {
  fixture *f = *state;
  static const char *const primitives[] = {"bool", "u8",  "u16", "u32", "u64",  "s8",     "s16",
                                           "s32",  "s64", "f32", "f64", "char", "string", "error-context"};
  for (size_t i = 0; i < sizeof primitives / sizeof *primitives; i++) {
    const char *expected = str_format(&f->arena, "interface i{type t=%s}", primitives[i]).ptr;
    assert_string_equal(parsed_type(f, primitives[i]), expected);
  }
  assert_string_equal(parsed_type(f, "x-y"), as_type("x-y"));
  assert_string_equal(parsed_type(f, "%list"), as_type("list"));
  assert_string_equal(parsed_type(f, "list<u8>"), as_type("list<u8>"));
  assert_string_equal(parsed_type(f, "list<u8, 0042>"), as_type("list<u8,42>"));
  assert_string_equal(parsed_type(f, "list<u8, 4294967295>"), as_type("list<u8,4294967295>"));
  assert_string_equal(parsed_type(f, "map<string, list<u8>>"), as_type("map<string,list<u8>>"));
  assert_string_equal(parsed_type(f, "option<option<x>>"), as_type("option<option<x>>"));
  assert_string_equal(parsed_type(f, "result"), as_type("result"));
  assert_string_equal(parsed_type(f, "result<u8>"), as_type("result<u8>"));
  assert_string_equal(parsed_type(f, "result<u8, s8>"), as_type("result<u8,s8>"));
  assert_string_equal(parsed_type(f, "result<_, s8>"), as_type("result<_,s8>"));
  assert_string_equal(parsed_type(f, "tuple<u8, x, s8,>"), as_type("tuple<u8,x,s8>"));
  assert_string_equal(parsed_type(f, "tuple<>"), as_type("tuple")); /* empty: refused when resolved */
  assert_string_equal(parsed_type(f, "future"), as_type("future"));
  assert_string_equal(parsed_type(f, "future<stream<u8>>"), as_type("future<stream<u8>>"));
  assert_string_equal(parsed_type(f, "stream"), as_type("stream"));
  assert_string_equal(parsed_type(f, "own<r>"), as_type("own<r>"));
  assert_string_equal(parsed_type(f, "borrow<%use>"), as_type("borrow<use>"));
}

static void reads_definitions(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed_body(f, "record r { a: u8, %type: x, } record e {}"),
                      in_interface("record r{a:u8,type:x}; record e{}"));
  assert_string_equal(parsed_body(f, "variant v { a, b(u8), c(list<v>) }"),
                      in_interface("variant v{a,b:u8,c:list<v>}"));
  assert_string_equal(parsed_body(f, "enum e { a, b, } flags f { x }"), in_interface("enum e{a,b}; flags f{x}"));
  assert_string_equal(parsed_body(f, "use a.{b}; use a:b/c@1.0.0-a.{x as y, z,}; use d.{};"),
                      in_interface("use a b; use a:b/c@1.0.0-a x>y,z; use d"));
}

static void reads_functions(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed_body(f, "f: func(); g: async func(a: u8, b: s8,) -> u8;"),
                      in_interface("f:func(); g:async func(a:u8,b:s8)->u8"));
  assert_string_equal(parsed_body(f, "p: get() -> u8; p: set(v: u8) -> result<_, u8>;"),
                      in_interface("p:get()->u8; p:set(v:u8)->result<_,u8>"));
  assert_string_equal(parsed_body(f, "get: get() -> u8; set: func(get: set);"),
                      in_interface("get:get()->u8; set:func(get:set)"));
}

static void reads_resources(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed_body(f, "resource r; resource s {}"), in_interface("resource r{}; resource s{}"));
  assert_string_equal(
      parsed_body(f, "resource r { constructor(a: u8) -> result<r>; m: func(); s: static async func(); "
                     "g: static get() -> u8; p: set(v: u8); }"),
      in_interface("resource r{constructor constructor:func(a:u8)->result<r>; method m:func(); static s:async func(); "
                   "static g:get()->u8; method p:set(v:u8)}"));
}

static void reads_worlds(void **state) {
  fixture *f = *state;
  assert_string_equal(
      parsed(f, "world w { import a; export a:b/c; import x: a:b/c@1.0.0; import y: a; import a:b/%use; }"),
      "world w{import a; export a:b/c; import x:a:b/c@1.0.0; import y:a; import a:b/use}");
  assert_string_equal(parsed(f, "world w { import f: func(); export g: async func(); import p: get() -> u8; }"),
                      "world w{import f:func(); export g:async func(); import p:get()->u8}");
  /* `get` as a path, since no parenthesis follows */
  assert_string_equal(parsed(f, "world w { import f: get; import a:get/b; export i: interface { f: func(); } }"),
                      "world w{import f:get; import a:get/b; export i:{f:func()}}");
  assert_string_equal(parsed(f, "world w { use a.{b}; type t = u8; resource r; include a; "
                                "include b:c/d@1.0.0 with { a as b, c as d } include e with {} }"),
                      "world w{use a b; type t=u8; resource r{}; include a; include b:c/d@1.0.0 a>b,c>d; include e}");
}

static void reads_packages(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed(f, ""), "");
  assert_string_equal(parsed(f, "package a:b;"), "package a:b");
  assert_string_equal(parsed(f, "package a:b@1.2.3-rc.1-x+b.7; use c:d/e as g; use i;"),
                      "package a:b@1.2.3-rc.1-x+b.7; use c:d/e>g; use i");
  assert_string_equal(parsed(f, "package a:b; package c:d@1.0.0 { interface i {} } world w {} package e:f {}"),
                      "package a:b; world w{}; nested {package c:d@1.0.0; interface i{}}; nested {package e:f}");
  assert_string_equal(parsed(f, "package a:b { world w {} }"), "nested {package a:b; world w{}}");
}

static void reads_attributes(void **state) {
  fixture *f = *state;
  assert_string_equal(
      parsed(f, "@since(version = 1.0.0) @deprecated(version = 1.1.0-a) interface i {\n"
                "@unstable(feature = x-y) use a.{b}; @external-id(\"a\\u{62}\") f: func(); }"),
      "@since(1.0.0) @deprecated(1.1.0-a) interface i{@unstable(x-y) use a b; @external-id(ab) f:func()}");
}

/* Documentation: every comment counts, as in the reference tool's JSON (corpus/wit-ui/comments.wit.json). */
static void takes_comments_as_documentation(void **state) {
  fixture *f = *state;
  static const char *const pairs[][2] = {
      {"/// one\n/// two\n", "one\ntwo"},
      {"///  one\n///   two\n///\n/// \n", "one\n two"},    /* common indent goes, empty ends go */
      {"/// one\r\n///\r\n/// two\r\n", "one\n\ntwo"},      /* line ends become newlines */
      {"// one\n", "one"},                                  /* plain comments count */
      {"/* one */", "* one */"},                            /* with the marker of a line comment taken off */
      {"/** one */", "one"},                                /* a documentation comment without its ends */
      {"/**\n * one\n *   two\n */", "\n * one\n *   two"}, /* inner lines as they are */
      {"// hello\n/* this */ /* /* is */ */\n", " hello\n* this */\n* /* is */ */"},
      {"///\n", ""},
      {"/**/", ""},
      {"/***/", ""},
      {"////// six\n", "six"},
      {"/// \ttab\n///  two\n", " \ttab\ntwo"},  /* a tab counts as a space, but only spaces are taken off */
      {"///\tone\n///\ttwo\n", "\tone\n\ttwo"},  /* tabs are not taken off */
      {"/// end \xc2\xa0\xe3\x80\x80\n", "end"}, /* Unicode's spaces at the end go too */
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    const char *text = str_format(&f->arena, "use a; %sinterface i {}", pairs[i][0]).ptr;
    const char *expected = str_format(&f->arena, "use a; [%s] interface i{}", pairs[i][1]).ptr;
    assert_string_equal(parsed(f, text), expected);
  }
}

static void attaches_documentation(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed(f, "/// P\npackage a:b; /// I\n@since(version = 1.0.0) /* no */ interface /* no */ i {\n"
                                "/// R\nrecord r { /// A\na: u8, /// B\nb: u8 /* no */ }\n"
                                "/// S\nresource s { /// C\nconstructor(); /// M\nm: func(/* no */ a: u8); }\n"
                                "/// F\nf: func(); /// no\n}\n/// no"),
                      "[P] package a:b; [I] @since(1.0.0) interface i{[R] record r{[A] a:u8,[B] b:u8}; "
                      "[S] resource s{[C] constructor constructor:func(); [M] method m:func(a:u8)}; [F] f:func()}");
  assert_string_equal(
      parsed(f, "world w { /// A\nimport a: interface {} /// F\nexport f: func(); /// P\nimport a:b/c; }"),
      "world w{import [A] a:{}; export [F] f:func(); import [P] a:b/c}");
  assert_string_equal(parsed(f, "/// N\npackage a:b { }"), "nested {[N] package a:b}");
}

/* Errors: the first one's place. */

static void points_at_what_is_wrong(void **state) {
  fixture *f = *state;
  static const char *const pairs[][2] = {
      {"interface i {\n  type y = u32\n  type z = u8;\n}", "3:3 expected ';', found keyword 'type'"},
      {"interface i { type option = u8; }",
       "1:20 expected an identifier, found keyword 'option'; as a name it is written '%option'"},
      {"interface i", "1:12 expected '{', found end of file"},
      {"interface i {", "1:14 expected a type, a function or 'use', found end of file"},
      {"interface i { import a; }", "1:15 expected a type, a function or 'use', found keyword 'import'"},
      {"}", "1:1 expected 'interface', 'world', 'use' or 'package', found '}'"},
      {"package a;", "1:10 expected ':', found ';'"},
      {"package a:b interface i {}", "1:13 expected ';' or '{', found keyword 'interface'"},
      {"package a:b; package c:d;", "1:25 expected '{', found ';'"},
      {"package a:b@1.0;", "1:16 expected '.', found ';'"},
      {"package a:b@01.0.0;", "1:13 version number has a leading zero"},
      {"@since(version = 1.0.0) package a:b;", "1:25 a nested package can't have attributes"},
      {"package a:b { package c:d { } }", "1:23 a nested package can't hold packages"},
      {"interface i { f: async get() -> u8; }", "1:24 expected 'func', found 'get'"},
      {"interface i { f: fnuc(); }", "1:18 expected 'func', found 'fnuc'; did you mean 'func'?"},
      {"interface i { f: func() -> (); }", "1:28 expected a type, found '('"},
      {"interface i { f: func(a u8); }", "1:25 expected ':', found keyword 'u8'"},
      {"interface i { f: func(a: u8 b: u8); }", "1:29 expected ',' or ')', found 'b'"},
      {"interface i { type t = list<u8, x>; }", "1:33 expected the length of the list, a number, found 'x'"},
      {"interface i { type t = list<u8, 4294967296>; }", "1:33 length of the list does not fit in 32 bits"},
      {"interface i { type t = result<_>; }", "1:32 expected ',', found '>'"},
      {"interface i { type t = result<_, _>; }", "1:34 expected a type, found keyword '_'"},
      {"interface i { type t = list<u8,>; }", "1:32 expected the length of the list, a number, found '>'"},
      {"interface i { type t = option<u8,>; }", "1:33 expected '>', found ','"},
      {"interface i { resource r { f: static async; } }", "1:43 expected 'func', found ';'"},
      {"interface i { resource r { static: func(); } }",
       "1:28 expected 'constructor' or the name of a method, found keyword 'static'"},
      {"interface i { record r { @since(version = 1.0.0) a: u8 } }", "1:26 expected an identifier, found '@'"},
      {"interface i { @foo f: func(); }", "1:16 unknown attribute 'foo'"},
      {"interface i { @sine(version = 1.0.0) f: func(); }", "1:16 unknown attribute 'sine'; did you mean 'since'?"},
      {"interface i { @since(1.0.0) f: func(); }", "1:22 expected 'version', found '1'"},
      {"@external-id(\"x\") interface i {}", "1:2 '@external-id' is not allowed on an interface"},
      {"@external-id(\"x\") world w {}", "1:2 '@external-id' is not allowed on a world"},
      {"world w { @external-id(\"x\") include a; }", "1:12 '@external-id' is not allowed on an 'include'"},
      {"world w { include a with { a:b/c as d } }", "1:29 expected keyword 'as', found ':'"},
      {"world w { import a: }", "1:21 expected an identifier, found '}'"},
      {"world w { f: func(); }", "1:11 expected 'import', 'export', 'include', 'use' or a type, found 'f'"},
      {"world w { import a:b; import a: interface; }", "1:42 expected '{', found ';'"},
      {"interface Foo {}",
       "1:11 'Foo' is not a name: a word is either all lower case or all upper case; did you mean 'foo'?"},
      {"interface % {}", "1:11 '' is not a name: it is empty"},
      {"use a:b;", "1:8 expected '/', found ';'"},
      {"/* open", "1:1 comment is never closed with '*/'"},
      {"interface i { # }", "1:15 unexpected character '#'"},
      {"interface i { f: func(); } \xf0\x9f\x98\x80", "1:28 unexpected character '\xf0\x9f\x98\x80'"},
      {"// \xc3\xa9\xc3\xa9\n\t /* \xe6\x9d\xb1 */ x",
       "2:11 expected 'interface', 'world', 'use' or 'package', found 'x'"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    assert_string_equal(parsed(f, pairs[i][0]), pairs[i][1]);
  }
}

/* Recovery: every mistake once, and nothing that follows from another. */

static const char *all_messages(fixture *f, const char *text) {
  assert_null(wit_parse(fixture_source(f, str_of(text)), &f->arena, &f->diag));
  buf b;
  buf_init(&b, &f->arena);
  for (size_t i = 0; i < f->diag.messages.count; i++) {
    const char *message = fixture_message(f, i);
    buf_printf(&b, "%s%.*s", i > 0 ? " " : "", (int)strcspn(message, " "), message);
  }
  return buf_str(&b).ptr;
}

static void recovers_behind_a_semicolon(void **state) {
  assert_string_equal(all_messages(*state, "interface i {\n a: fun();\n b: func();\n c: func(x y);\n type = u8;\n}\n"
                                           "interface j { d: func; }"),
                      "2:5 4:12 5:7 7:22");
}

static void recovers_behind_braces(void **state) {
  assert_string_equal(all_messages(*state,
                                   "interface i {\n record r { a: , b: u8 }\n enum e { a; b }\n"
                                   " resource q { a: fun(); b: func(); c: fun(); }\n f: fun();\n}\nworld { }\nfoo"),
                      "2:16 3:12 4:18 4:39 5:5 7:7 8:1");
}

static void recovers_at_the_next_item(void **state) {
  assert_string_equal(all_messages(*state, "interface i {\n type a = u8\n type b = u8\n record r {}\n f: fun()\n"
                                           " use x.{y}\n}"),
                      "3:2 4:2 5:5 7:1");
}

static void tells_a_new_item_from_a_wrong_word(void **state) {
  /* on the same line a keyword belongs to the item that failed, so that there is one error a line */
  assert_string_equal(all_messages(*state, "package demo:use;\ninterface i {\n record type { a: u8 }\n x: enum;\n}"),
                      "1:14 3:9 4:5");
}

static void recovers_at_the_next_declaration(void **state) {
  /* the missing brace is reported once, with the one it belongs to; what follows is read as if it were there */
  assert_string_equal(
      all_messages(*state, "interface i {\n f: func();\n\ninterface j {\n g: fun();\n}\nworld w { import }"),
      "4:1 1:13 5:5 7:18");
}

static void recovers_in_nested_packages(void **state) {
  assert_string_equal(
      all_messages(*state, "package a:b {\n interface i { f }\n interface j {}\n x;\n}\npackage c:d {\n y;\n}"),
      "2:18 4:2 7:2");
}

static void stops_saying_more_after_twenty(void **state) {
  fixture *f = *state;
  buf b;
  buf_init(&b, &f->arena);
  for (int i = 0; i < 1000; i++) {
    buf_add_c(&b, "interface 0 {}\n");
  }
  assert_null(wit_parse(fixture_source(f, buf_str(&b)), &f->arena, &f->diag));
  assert_int_equal(f->diag.messages.count, 20);
  assert_int_equal(f->diag.errors, 1000);
  assert_true(str_ends_with(fixture_printed(f, false), "witgen: 980 more errors not shown\n"));
}

/* Limits */

static str repeated(fixture *f, const char *before, const char *part, size_t count, const char *after) {
  buf b;
  buf_init(&b, &f->arena);
  buf_add_c(&b, before);
  for (size_t i = 0; i < count; i++) {
    buf_add_c(&b, part);
  }
  buf_add_c(&b, after);
  return buf_str(&b);
}

/* Depth 100 is the reference tool's limit: 99 lists around a type are fine, 100 are not. */
static void limits_the_depth_of_types(void **state) {
  fixture *f = *state;
  str good = repeated(f, "interface i { type t = ", "list<", 99, repeated(f, "u8", ">", 99, "; }").ptr);
  assert_non_null(wit_parse(fixture_source(f, good), &f->arena, &f->diag));
  assert_string_equal(parsed(f, repeated(f, "interface i {\ntype t = ", "option<", 100, "u8").ptr),
                      "2:710 types are nested more than 100 deep");
  assert_string_equal(parsed(f, repeated(f, "interface i {\ntype t = ", "list<", 100000, "").ptr),
                      "2:510 types are nested more than 100 deep");
}

static void limits_the_depth_of_packages(void **state) {
  fixture *f = *state;
  assert_string_equal(parsed(f, repeated(f, "", "package a:b {\n", 100000, "").ptr),
                      "101:1 packages are nested more than 100 deep");
}

static void reads_very_wide_input(void **state) {
  fixture *f = *state;
  buf b;
  buf_init(&b, &f->arena);
  buf_add_c(&b, "interface i { record r {");
  for (int i = 0; i < 100000; i++) {
    buf_printf(&b, "f-%d:u8,", i);
  }
  buf_add_c(&b, "} }");
  const syn_file *file = wit_parse(fixture_source(f, buf_str(&b)), &f->arena, &f->diag);
  assert_non_null(file);
  assert_int_equal(file->decls.items[0].items.items[0].u.type.members.count, 100000);
}

/* Spans: what later phases point at. */
static void keeps_the_places_of_names(void **state) {
  fixture *f = *state;
  const char *text = "package a:b@1.0.0;\nworld w { import %x: func(p: own<r>); export c:d/e@1.0.0; }";
  const syn_file *file = wit_parse(fixture_source(f, str_of(text)), &f->arena, &f->diag);
  assert_non_null(file);
  const syn_interface_item *items = file->decls.items[0].items.items;
  const syn_func *func = &items[0].u.ext.func;
  const span spans[] = {file->package.at,
                        file->decls.items[0].name.at,
                        func->name.at,
                        func->at,
                        func->params.items[0].name.at,
                        func->params.items[0].type->at,
                        items[1].u.ext.path.package.at,
                        items[1].u.ext.path.name.at};
  static const char *const expected[] = {"a:b", "w", "%x", "func", "p", "r", "c:d", "e"};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    assert_str(str_sub(file->source->text, spans[i].start, spans[i].end), expected[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(reads_every_type),
      FIXTURE_TEST(reads_definitions),
      FIXTURE_TEST(reads_functions),
      FIXTURE_TEST(reads_resources),
      FIXTURE_TEST(reads_worlds),
      FIXTURE_TEST(reads_packages),
      FIXTURE_TEST(reads_attributes),
      FIXTURE_TEST(takes_comments_as_documentation),
      FIXTURE_TEST(attaches_documentation),
      FIXTURE_TEST(points_at_what_is_wrong),
      FIXTURE_TEST(recovers_behind_a_semicolon),
      FIXTURE_TEST(recovers_behind_braces),
      FIXTURE_TEST(recovers_at_the_next_item),
      FIXTURE_TEST(tells_a_new_item_from_a_wrong_word),
      FIXTURE_TEST(recovers_at_the_next_declaration),
      FIXTURE_TEST(recovers_in_nested_packages),
      FIXTURE_TEST(stops_saying_more_after_twenty),
      FIXTURE_TEST(limits_the_depth_of_types),
      FIXTURE_TEST(limits_the_depth_of_packages),
      FIXTURE_TEST(reads_very_wide_input),
      FIXTURE_TEST(keeps_the_places_of_names),
  };
  return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
