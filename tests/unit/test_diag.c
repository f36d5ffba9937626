/*
 * Diag: layout of messages, carets under wide and long lines, limits, colour, suggestions.
 *
 * The layout is the one that design notes and diag.h promise; widths are those of a terminal (Unicode's East Asian
 * Width: wide characters take two columns, combining marks none).
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

/* One error about the first `what` in `text`, as printed. */
static const char *shown(fixture *f, const char *text, const char *what) {
  const source *src = fixture_source(f, str_of(text));
  uint32_t start = (uint32_t)(strstr(text, what) - text);
  f->diag.messages.count = 0;
  diag_error(&f->diag, (span){src, start, start + (uint32_t)strlen(what)}, "wrong");
  return fixture_printed(f, false).ptr;
}

static void shows_line_and_carets(void **state) {
  fixture *f = *state;
  assert_string_equal(shown(f, "a\n  bad one\n", "bad"), "x.wit:2:3: error: wrong\n"
                                                         "    2 |   bad one\n"
                                                         "      |   ^^^\n");
}

static void shows_notes_and_messages_without_a_place(void **state) {
  fixture *f = *state;
  const source *src = fixture_source(f, STR("one\ntwo\n"));
  diag_error(&f->diag, (span){src, 4, 7}, "unknown type '%s'", "two");
  diag_note(&f->diag, (span){src, 0, 3}, "did you mean this?");
  diag_warning(&f->diag, SPAN_NONE, "nowhere");
  assert_str(fixture_printed(f, false), "x.wit:2:1: error: unknown type 'two'\n"
                                        "    2 | two\n"
                                        "      | ^^^\n"
                                        "x.wit:1:1: note: did you mean this?\n"
                                        "    1 | one\n"
                                        "      | ^^^\n"
                                        "witgen: warning: nowhere\n");
}

static void lines_up_under_tabs_and_wide_characters(void **state) {
  fixture *f = *state;
  /* tabs end at multiples of four columns; the column number counts characters */
  assert_string_equal(shown(f, "\ta\tbad\n", "bad"), "x.wit:1:4: error: wrong\n"
                                                     "    1 |     a   bad\n"
                                                     "      |         ^^^\n");
  /* two wide characters, then e with a combining accent: 2 + 2 + 1 columns */
  assert_string_equal(shown(f,
                            "\xe6\x9d\xb1\xe4\xba\xac"
                            "e\xcc\x81 bad",
                            "bad"),
                      "x.wit:1:6: error: wrong\n"
                      "    1 | \xe6\x9d\xb1\xe4\xba\xac"
                      "e\xcc\x81 bad\n"
                      "      |       ^^^\n");
  assert_string_equal(shown(f, "// \xe6\x9d\xb1 x", "\xe6\x9d\xb1"), "x.wit:1:4: error: wrong\n"
                                                                     "    1 | // \xe6\x9d\xb1 x\n"
                                                                     "      |    ^^\n");
}

static void underlines_the_first_line_of_a_long_span(void **state) {
  fixture *f = *state;
  assert_string_equal(shown(f, "x {\n  y\n}\n", "{\n  y\n}"), "x.wit:1:3: error: wrong\n"
                                                              "    1 | x {\n"
                                                              "      |   ^\n");
  assert_string_equal(shown(f, "x {\r\n}\r\n", "{\r\n}"), "x.wit:1:3: error: wrong\n"
                                                          "    1 | x {\n"
                                                          "      |   ^\n");
}

static void points_behind_the_last_character(void **state) {
  fixture *f = *state;
  const source *src = fixture_source(f, STR("abc"));
  diag_error(&f->diag, (span){src, 3, 3}, "more");
  assert_str(fixture_printed(f, false), "x.wit:1:4: error: more\n"
                                        "    1 | abc\n"
                                        "      |    ^\n");
  f->diag.messages.count = 0;
  diag_error(&f->diag, (span){fixture_source(f, STR("")), 0, 0}, "more");
  assert_str(fixture_printed(f, false), "x.wit:1:1: error: more\n"
                                        "    1 | \n"
                                        "      | ^\n");
}

static void cuts_a_window_out_of_a_long_line(void **state) {
  fixture *f = *state;
  buf b;
  buf_init(&b, &f->arena);
  for (int i = 0; i < 100000; i++) {
    buf_add_c(&b, "0123456789");
  }
  char *text = (char *)(uintptr_t)b.items;
  memcpy(text + 500003, "BAD", 3);
  const char *printed = shown(f, text, "BAD");
  assert_true(strlen(printed) < 400);
  assert_non_null(strstr(printed, "x.wit:1:500004: error: wrong\n    1 | ...3456789"));
  const char *line = strchr(printed, '\n') + 1, *carets = strchr(line, '\n') + 1;
  assert_int_equal(strstr(carets, "^^^\n") - carets, strstr(line, "BAD") - line);
  assert_non_null(strstr(line, "...\n"));
}

static void makes_control_characters_harmless(void **state) {
  fixture *f = *state;
  assert_string_equal(shown(f, "\x1b[31m bad \xff \xe2\x80\xae", "bad"),
                      "x.wit:1:7: error: wrong\n"
                      "    1 | \xef\xbf\xbd[31m bad \xef\xbf\xbd \xef\xbf\xbd\n"
                      "      |       ^^^\n");
  f->diag.messages.count = 0;
  diag_error(&f->diag, SPAN_NONE, "from \x1b[0m");
  assert_str(fixture_printed(f, false), "witgen: error: from \xef\xbf\xbd[0m\n");
}

static void colours_only_when_asked(void **state) {
  fixture *f = *state;
  assert_null(strchr(shown(f, "bad", "bad"), '\033'));
  str coloured = fixture_printed(f, true);
  assert_str(coloured, "\033[1mx.wit:1:1: \033[0m\033[1;31merror:\033[0m wrong\n"
                       "    1 | bad\n"
                       "      | \033[1;32m^^^\033[0m\n");
}

static void drops_notes_of_errors_that_it_drops(void **state) {
  fixture *f = *state;
  f->diag.limit = 1;
  for (int i = 0; i < 3; i++) {
    diag_error(&f->diag, SPAN_NONE, "error %d", i);
    diag_note(&f->diag, SPAN_NONE, "note %d", i);
  }
  assert_true(diag_failed(&f->diag));
  assert_str(fixture_printed(f, false), "witgen: error: error 0\n"
                                        "witgen: note: note 0\n"
                                        "witgen: 2 more errors not shown\n");
}

static void suggests_near_names_only(void **state) {
  (void)state;
  const str names[] = {STR("instant"), STR("duration"), STR("pollable"), STR("u8"), STR("get")};
  const size_t count = sizeof names / sizeof *names;
  assert_str(diag_nearest(STR("instnt"), names, count), "instant");    /* a letter missing */
  assert_str(diag_nearest(STR("druation"), names, count), "duration"); /* two letters swapped: one edit */
  assert_str(diag_nearest(STR("polable"), names, count), "pollable");
  assert_str(diag_nearest(STR("gett"), names, count), "get");
  assert_str(diag_nearest(STR("u9"), names, count), "u8");
  assert_str(diag_nearest(STR("x"), names, count), ""); /* one letter is near to anything */
  assert_str(diag_nearest(STR("stream"), names, count), "");
  assert_str(diag_nearest(STR(""), names, count), "");
  assert_str(diag_nearest(STR("instant"), names, 0), "");
}

static void looks_at_names_of_any_length(void **state) {
  fixture *f = *state;
  buf b;
  buf_init(&b, &f->arena);
  for (int i = 0; i < 100000; i++) {
    buf_add_byte(&b, 'a');
  }
  const str names[] = {buf_str(&b), STR("a")};
  assert_str(diag_nearest(buf_str(&b), names, 2), "");
  assert_str(diag_nearest(STR("ab"), names, 2), "a");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(shows_line_and_carets),
      FIXTURE_TEST(shows_notes_and_messages_without_a_place),
      FIXTURE_TEST(lines_up_under_tabs_and_wide_characters),
      FIXTURE_TEST(underlines_the_first_line_of_a_long_span),
      FIXTURE_TEST(points_behind_the_last_character),
      FIXTURE_TEST(cuts_a_window_out_of_a_long_line),
      FIXTURE_TEST(makes_control_characters_harmless),
      FIXTURE_TEST(colours_only_when_asked),
      FIXTURE_TEST(drops_notes_of_errors_that_it_drops),
      FIXTURE_TEST(suggests_near_names_only),
      FIXTURE_TEST(looks_at_names_of_any_length),
  };
  return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
