/*
 * Lines and words: the comparison of two texts.
 *
 * Oracle for the number of changed lines: `diff --minimal`, over random texts from a fixed seed. Where the rows say what stays
 * and what goes, the rows themselves are the proof: their left sides are the old text, their right sides the new one.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"


#include "review/lines.h"

/* A generator of our own, so that the texts are the same everywhere. */
static uint32_t next_random(uint32_t *seed, uint32_t bound) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) % bound;
}

static str random_text(arena *a, uint32_t *seed, uint32_t lines, uint32_t alphabet) {
  buf b;
  buf_init(&b, a);
  for (uint32_t i = 0; i < lines; i++) {
    buf_printf(&b, "%*sline %u\n", (int)next_random(seed, 2) * 2, "", next_random(seed, alphabet));
  }
  return buf_str(&b);
}

/* The same with some lines lost, new or moved. */
static str mutated_text(arena *a, uint32_t *seed, str text, uint32_t one_in) {
  str_vec lines = lines_split(text, a);
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < lines.count; i++) {
    uint32_t what = next_random(seed, one_in * 3);
    if (what == 0) {
      continue;
    }
    buf_printf(&b, "%.*s\n", STR_ARG(lines.items[i]));
    if (what == 1) {
      buf_printf(&b, "new %u\n", next_random(seed, 50));
    } else if (what == 2) {
      str moved = lines.items[next_random(seed, (uint32_t)lines.count)];
      buf_printf(&b, "%.*s\n", STR_ARG(moved));
    }
  }
  return buf_str(&b);
}

static const char *scratch_file(const char *name, str text) {
  FILE *f = fopen(name, "wb");
  assert_non_null(f);
  fwrite(text.ptr, 1, text.len, f);
  fclose(f);
  return name;
}

/* Lines that the system's diff takes away or adds. */
static size_t reference_length(str old, str new) {
  char dir[] = "/tmp/witgen-lines-XXXXXX", command[256], a[64], b[64];
  assert_non_null(mkdtemp(dir));
  snprintf(a, sizeof a, "%s/old", dir);
  snprintf(b, sizeof b, "%s/new", dir);
  scratch_file(a, old);
  scratch_file(b, new);
  snprintf(command, sizeof command, "diff --minimal %s %s | grep -c '^[<>]'; rm -r %s", a, b, dir);
  FILE *f = popen(command, "r");
  size_t count = 0;
  assert_non_null(f);
  assert_int_equal(fscanf(f, "%zu", &count), 1);
  pclose(f);
  return count;
}

/* Number of lines that go or come; checks on the way that the rows are the two texts. */
static size_t length_of(arena *a, str old, str new) {
  row_vec rows = lines_compare(old, new, a);
  buf left, right;
  buf_init(&left, a);
  buf_init(&right, a);
  size_t changed = 0, old_line = 0, new_line = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const row *r = &rows.items[i];
    if (r->old_line > 0) {
      assert_int_equal(r->old_line, ++old_line);
      buf_add(&left, r->old_text);
      buf_add_byte(&left, '\n');
    }
    if (r->new_line > 0) {
      assert_int_equal(r->new_line, ++new_line);
      buf_add(&right, r->new_text);
      buf_add_byte(&right, '\n');
    }
    assert_true((r->old_line == 0) == (r->kind == ROW_ADDED));
    assert_true((r->new_line == 0) == (r->kind == ROW_REMOVED));
    assert_true(r->kind != ROW_SAME || str_eq(r->old_text, r->new_text));
    changed += r->kind == ROW_CHANGED ? 2 : r->kind != ROW_SAME;
  }
  assert_true(str_eq(buf_str(&left), old));
  assert_true(str_eq(buf_str(&right), new));
  return changed;
}

static void random_texts_differ_as_little_as_diff_says(void **state) {
  fixture *f = *state;
  uint32_t seed = 6;
  for (uint32_t round = 0; round < 80; round++) {
    uint32_t alphabet = 1 + next_random(&seed, 40);
    str old = random_text(&f->arena, &seed, next_random(&seed, 150), alphabet);
    str new = round % 2 == 0 ? random_text(&f->arena, &seed, next_random(&seed, 150), alphabet)
                             : mutated_text(&f->arena, &seed, old, 2 + round % 9);
    assert_int_equal(length_of(&f->arena, old, new), reference_length(old, new));
  }
}

static void large_texts_with_few_changes_are_compared_exactly(void **state) {
  fixture *f = *state;
  uint32_t seed = 60;
  str old = random_text(&f->arena, &seed, 20000, 300);
  str new = mutated_text(&f->arena, &seed, old, 100);
  assert_int_equal(length_of(&f->arena, old, new), reference_length(old, new));
}

/* Two hundred thousand lines with nothing but chance in common: right all the same, and done. */
static void hostile_texts_are_compared_in_bounded_time(void **state) {
  fixture *f = *state;
  uint32_t seed = 600;
  str old = random_text(&f->arena, &seed, 100000, 3), new = random_text(&f->arena, &seed, 100000, 3);
  assert_true(length_of(&f->arena, old, new) > 0);
  assert_int_equal(length_of(&f->arena, old, STR("")), 100000);
  assert_int_equal(length_of(&f->arena, STR(""), new), 100000);
  assert_int_equal(length_of(&f->arena, old, old), 0);
}

/* The rows as text: ' ', '~', '-', '+', both sides, words that differ in brackets. */
static void add_side(buf *b, str text, const mark_vec *marks) {
  size_t at = 0;
  for (size_t i = 0; i < marks->count; i++) {
    mark m = marks->items[i];
    buf_printf(b, "%.*s[%.*s]", STR_ARG(str_sub(text, at, m.from)), STR_ARG(str_sub(text, m.from, m.to)));
    at = m.to;
  }
  buf_add(b, str_sub(text, at, text.len));
}

static void assert_rows(fixture *f, const char *old, const char *new, const char *want) {
  row_vec rows = lines_compare(str_of(old), str_of(new), &f->arena);
  buf b;
  buf_init(&b, &f->arena);
  for (size_t i = 0; i < rows.count; i++) {
    buf_add_byte(&b, " ~-+"[rows.items[i].kind]);
    add_side(&b, rows.items[i].old_text, &rows.items[i].old_marks);
    buf_add_byte(&b, '|');
    add_side(&b, rows.items[i].new_text, &rows.items[i].new_marks);
    buf_add_byte(&b, '\n');
  }
  str have = buf_str(&b);
  assert_string_equal(have.ptr == NULL ? "" : have.ptr, want);
}

static void words_that_differ_are_marked(void **state) {
  fixture *f = *state;
  assert_rows(f, "f: func(a: u32);\n", "f: func(a: u64, b: bool);\n",
              "~f: func(a: [u32]);|f: func(a: [u64, b: bool]);\n");
  assert_rows(f, "a b c\n", "x y z\n", "-a b c|\n+|x y z\n"); /* nothing in common: no pair */
  assert_rows(f, "foo_bar(x);", "foo_baz(x);", "~[foo_bar](x);|[foo_baz](x);\n");
  assert_rows(f, "na\xc3\xafve one two\n", "naive one two\n", "~[na\xc3\xafve] one two|[naive] one two\n");
  assert_rows(f, "", "", "");
}

/* The second line is the first one's successor, whatever stands between. */
static void lines_stand_beside_those_most_like_them(void **state) {
  fixture *f = *state;
  assert_rows(f, "start\ncall(alpha, beta);\nend\n", "start\nother thing entirely\ncall(alpha, gamma);\nend\n",
              " start|start\n+|other thing entirely\n~call(alpha, [beta]);|call(alpha, [gamma]);\n end|end\n");
}

/* Of the shortest answers, the one that takes whole blocks. */
static void blocks_are_added_whole(void **state) {
  fixture *f = *state;
  assert_rows(f, "a {\n  x\n}\n\nb {\n  y\n}\n", "a {\n  x\n}\n\nc {\n  x\n}\n\nb {\n  y\n}\n",
              " a {|a {\n   x|  x\n }|}\n |\n+|c {\n+|  x\n+|}\n+|\n b {|b {\n   y|  y\n }|}\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(random_texts_differ_as_little_as_diff_says), FIXTURE_TEST(large_texts_with_few_changes_are_compared_exactly),
      FIXTURE_TEST(hostile_texts_are_compared_in_bounded_time), FIXTURE_TEST(words_that_differ_are_marked),
      FIXTURE_TEST(lines_stand_beside_those_most_like_them),    FIXTURE_TEST(blocks_are_added_whole),
  };
  return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
