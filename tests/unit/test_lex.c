/*
 * Lex: tokens, gaps, names, strings and refused characters.
 *
 * What is a token follows CM's WIT.md ("Lexical structure"); places and the finer rules are those of the reference
 * tool, wit-parser, which the comments name where WIT.md is silent.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

#include "wit/lex.h"
#include "wit/name.h"

/* Tokens as "kind@start-end", spaces between. */
static const char *lexed(fixture *f, str text) {
  const source *src = fixture_source(f, text);
  lexer l;
  lexer_init(&l, src);
  buf b;
  buf_init(&b, &f->arena);
  for (;;) {
    token t = lexer_next(&l);
    if (t.kind == TOKEN_END) {
      return buf_str(&b).ptr;
    }
    if (b.count > 0) {
      buf_add_byte(&b, ' ');
    }
    buf_printf(&b, "%s@%u-%u", t.kind == TOKEN_INVALID ? "bad" : token_kind_text(t.kind), t.start, t.end);
  }
}

static void finds_punctuation(void **state) {
  fixture *f = *state;
  assert_string_equal(lexed(f, STR("=,:.;(){}<>*@/+->-")),
                      "'='@0-1 ','@1-2 ':'@2-3 '.'@3-4 ';'@4-5 '('@5-6 ')'@6-7 '{'@7-8 '}'@8-9 '<'@9-10 '>'@10-11 "
                      "'*'@11-12 '@'@12-13 '/'@13-14 '+'@14-15 '->'@15-17 '-'@17-18");
}

static void tells_keywords_from_words(void **state) {
  fixture *f = *state;
  static const char *const keywords[] = {
#define X(name, text) text,
      KEYWORD_LIST(X)
#undef X
  };
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
    str word = str_of(keywords[i]);
    const char *expected = str_format(&f->arena, "keyword '%s'@0-%zu", keywords[i], word.len).ptr;
    assert_string_equal(lexed(f, word), expected);
    expected = str_format(&f->arena, "an identifier@0-%zu", word.len + 1).ptr;
    assert_string_equal(lexed(f, str_format(&f->arena, "%sx", keywords[i])), expected);
    assert_string_equal(lexed(f, str_format(&f->arena, "%%%s", keywords[i])), expected);
  }
  /* words in accessors and attributes, but no keywords */
  assert_string_equal(lexed(f, STR("get set version")), "an identifier@0-3 an identifier@4-7 an identifier@8-15");
}

static void takes_letters_of_all_scripts_into_words(void **state) {
  fixture *f = *state;
  /* one token each, so that the message is about the name, at its start */
  assert_string_equal(lexed(f, STR("gar\xc3\xa7on")), "an identifier@0-7");
  assert_string_equal(lexed(f, STR("\xe6\x9d\xb1\xe4\xba\xac")), "an identifier@0-6");
  assert_string_equal(lexed(f, STR("_a-b-1")), "an identifier@0-6");
  assert_string_equal(lexed(f, STR("a\xf0\x9f\x98\xbc")), "an identifier@0-1 bad@1-5");
}

static void gaps_hold_comments(void **state) {
  fixture *f = *state;
  const source *src = fixture_source(f, STR("a // one\r\n/* two /* three */ */ b"));
  lexer l;
  lexer_init(&l, src);
  token t = lexer_next(&l);
  assert_false(t.commented);
  t = lexer_next(&l);
  assert_true(t.commented);
  assert_int_equal(t.gap, 1);
  assert_int_equal(t.start, 32);
  span comment = lex_comment(src, t.gap, t.start);
  assert_str(str_sub(src->text, comment.start, comment.end), "// one\r\n");
  comment = lex_comment(src, comment.end, t.start);
  assert_str(str_sub(src->text, comment.start, comment.end), "/* two /* three */ */");
  comment = lex_comment(src, comment.end, t.start);
  assert_int_equal(comment.start, comment.end);
}

static void knows_white_space(void **state) {
  fixture *f = *state;
  assert_string_equal(lexed(f, STR("\xef\xbb\xbf a\t\r\n b")), "an identifier@4-5 an identifier@9-10");
  /* a carriage return alone is no white space, a byte order mark only at the start */
  assert_string_equal(lexed(f, STR("a\rb")), "an identifier@0-1 bad@1-2 an identifier@2-3");
  assert_string_equal(lexed(f, STR("a\xef\xbb\xbf")), "an identifier@0-1 bad@1-4");
}

static void goes_on_behind_bad_characters(void **state) {
  fixture *f = *state;
  assert_string_equal(lexed(f, STR("# a /* b")), "bad@0-1 an identifier@2-3 bad@4-8");
  assert_string_equal(lexed(f, STR("\"open\na")), "bad@5-5 an identifier@6-7");
}

/* Strings: as in the core text format; 0xff stands for what is refused. */

static const char *string_problem(fixture *f, const char *literal) {
  const source *src = fixture_source(f, str_of(literal));
  lexer l;
  lexer_init(&l, src);
  token t = lexer_next(&l);
  if (t.kind == TOKEN_STRING) {
    assert_int_equal(t.end, src->text.len);
    return str_format(&f->arena, "=%.*s", STR_ARG(lex_string_value(src, &t, &f->arena))).ptr;
  }
  assert_int_equal(t.kind, TOKEN_INVALID);
  size_t before = f->diag.messages.count;
  lex_report(&f->diag, src, &t);
  return fixture_message(f, before);
}

static void decodes_strings(void **state) {
  fixture *f = *state;
  static const char *const pairs[][2] = {
      {"\"\"", "="},
      {"\"a b\"", "=a b"},
      {"\"\\\"\\'\\t\\n\\r\\\\\"", "=\"'\t\n\r\\"},
      {"\"\\41\\7e\"", "=A~"},
      {"\"\\u{41}\\u{1_f6_00}\"", "=A\xf0\x9f\x98\x80"},
      {"\"\\c3\\a9\"", "=\xc3\xa9"}, /* bytes that spell a character */
      {"\"\xc3\xa9\"", "=\xc3\xa9"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    assert_string_equal(string_problem(f, pairs[i][0]), pairs[i][1]);
  }
}

static void refuses_bad_strings_where_they_are_bad(void **state) {
  fixture *f = *state;
  static const char *const pairs[][2] = {
      {"\"a", "1:3 string is never closed"},
      {"\"\\", "1:3 string is never closed"},
      {"\"a\nb\"", "1:3 control character or end of line in a string"},
      {"\"\\h\"", "1:3 unknown escape in a string"},
      {"\"\\0g\"", "1:4 expected a hexadecimal digit"},
      {"\"\\u0\"", "1:4 expected a brace: characters are written as in '\\u{1f600}'"},
      {"\"\\u{0h\"", "1:6 expected a brace: characters are written as in '\\u{1f600}'"},
      {"\"\\u{1_}\"", "1:5 number ends in an underscore"},
      {"\"\\u{fffffffff}\"", "1:13 number does not fit in 32 bits"},
      {"\"\\u{d800}\"", "1:3 number is not that of a Unicode character"},
      {"\"\\u{110000}\"", "1:3 number is not that of a Unicode character"},
      {"\"\\ff\"", "1:1 bytes of the string are not valid UTF-8"},
      {"\"\\c3\"", "1:1 bytes of the string are not valid UTF-8"},
      {"\"\\c3x\"", "1:1 bytes of the string are not valid UTF-8"},
      {"\"\\ed\\a0\\80\"", "1:1 bytes of the string are not valid UTF-8"},
      {"\"\\e0\\80\\80\"", "1:1 bytes of the string are not valid UTF-8"},
      {"\"\\f4\\90\\80\\80\"", "1:1 bytes of the string are not valid UTF-8"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    assert_string_equal(string_problem(f, pairs[i][0]), pairs[i][1]);
    f->diag.errors = 0;
  }
}

/* Whole texts */

static const char *checked(fixture *f, str text) {
  size_t before = f->diag.messages.count;
  f->diag.errors = 0;
  return lex_check(fixture_source(f, text), &f->diag) ? "fine" : fixture_message(f, before);
}

static void refuses_texts_that_deceive(void **state) {
  fixture *f = *state;
  assert_string_equal(checked(f, STR("a\t\r\n\xc3\xa9 \xf0\x9f\x98\x80 \xe2\x80\xa6")), "fine");
  assert_string_equal(checked(f, STR("")), "fine");
  assert_string_equal(checked(f, STR("a\nb\0")), "2:2 control character U+0000");
  assert_string_equal(checked(f, STR("// \x1b[31m")), "1:4 control character U+001B");
  assert_string_equal(checked(f, STR("\x7f")), "1:1 control character U+007F");
  assert_string_equal(checked(f, STR("\xc2\x85")), "1:1 control character U+0085");
  assert_string_equal(checked(f, STR("\xe2\x80\xaa")),
                      "1:1 character U+202A changes the direction of the text around it");
  assert_string_equal(checked(f, STR("\xe2\x81\xa8")),
                      "1:1 character U+2068 changes the direction of the text around it");
  assert_string_equal(checked(f, STR("\xc5\x89")), "1:1 character U+0149 is deprecated by Unicode");
  assert_string_equal(checked(f, STR("\xe1\x9e\xb5")), "1:1 character U+17B5 is deprecated by Unicode");
}

/* Texts are checked eight bytes at a time: each kind of bad byte at each offset, among bytes at the edges of plain. */
static void finds_a_bad_byte_at_every_offset(void **state) {
  fixture *f = *state;
  static const unsigned char bad[] = {0x00, 0x01, 0x1f, 0x7f, 0x80, 0xc3, 0xff};
  for (size_t k = 0; k < sizeof bad; k++) {
    for (size_t at = 0; at < 20; at++) {
      char text[20];
      memset(text, at % 2 == 0 ? '~' : ' ', sizeof text);
      text[at] = (char)bad[k];
      const char *said = checked(f, (str){text, sizeof text});
      assert_string_not_equal(said, "fine");
      uint32_t line, column;
      diag_position(f->diag.messages.items[f->diag.messages.count - 1].at, &line, &column);
      assert_int_equal(column, at + 1);
    }
  }
}

static void refuses_what_is_no_utf8(void **state) {
  fixture *f = *state;
  static const char *const bad[] = {
      "\x80",  "\xc3",        "\xc0\x80",         "\xe0\x80\x80",     "\xed\xa0\x80",
      "\xff",  "\xe2\x82",    "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
      "\xc3(", "\xe2\x28\xa1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_string_equal(checked(f, str_format(&f->arena, "ab%s", bad[i])), "1:3 text is not valid UTF-8");
  }
}

/* Names */

static void takes_and_refuses_names(void **state) {
  fixture *f = *state;
  static const char *const good[] = {"a",      "apple",   "apple-pear",      "a0", "A", "APPLE-pear-GRAPE",
                                     "is-XML", "apple-0", "a0-000-3d4a-54FF"};
  static const char *const bad[] = {"",      "0",   "0a", "-",   "a-",   "-a",       "a--b",   "Apple",
                                    "applE", "a_b", "_",  "a.b", "a-Bc", "\xc3\xa9", "a0-3d4A"};
  span at = {fixture_source(f, STR("x")), 0, 1};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(name_check(str_of(good[i]), at, &f->diag));
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_false(name_check(str_of(bad[i]), at, &f->diag));
  }
  assert_int_equal(f->diag.errors, sizeof bad / sizeof *bad);
}

static void guesses_the_name_that_was_meant(void **state) {
  fixture *f = *state;
  span at = {fixture_source(f, STR("x")), 0, 1};
  name_check(STR("getHTTPFile_name"), at, &f->diag);
  assert_string_equal(fixture_message(f, 0),
                      "1:1 'getHTTPFile_name' is not a name: names are ASCII letters and digits, "
                      "with hyphens between words; did you mean 'get-httpfile-name'?");
  name_check(STR("0a"), at, &f->diag);
  assert_string_equal(fixture_message(f, 1), "1:1 '0a' is not a name: it must start with a letter from a to z");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(finds_punctuation),
      FIXTURE_TEST(tells_keywords_from_words),
      FIXTURE_TEST(takes_letters_of_all_scripts_into_words),
      FIXTURE_TEST(gaps_hold_comments),
      FIXTURE_TEST(knows_white_space),
      FIXTURE_TEST(goes_on_behind_bad_characters),
      FIXTURE_TEST(decodes_strings),
      FIXTURE_TEST(refuses_bad_strings_where_they_are_bad),
      FIXTURE_TEST(refuses_texts_that_deceive),
      FIXTURE_TEST(finds_a_bad_byte_at_every_offset),
      FIXTURE_TEST(refuses_what_is_no_utf8),
      FIXTURE_TEST(takes_and_refuses_names),
      FIXTURE_TEST(guesses_the_name_that_was_meant),
  };
  return cmocka_run_group_tests_name("lex", tests, NULL, NULL);
}
