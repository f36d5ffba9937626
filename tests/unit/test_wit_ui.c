/*
 * The reference parser's own test files: what it accepts gives the same model, what it refuses is refused in the same place.
 *
 * `corpus/wit-ui` holds, for each input, either the JSON that the reference tool prints under `--features active`, or the
 * message with which it refuses it. The JSON is compared as a value; of the message only file, line and column count, and
 * where it has none, only that the input is refused.
 *
 * Set aside, with a test of their own below:
 *   simple-wasm-text   is a component in text form, which witgen does not read
 *   kinds-of-deps      has one such dependency; it is given in its binary form
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <dirent.h>
#include <jansson.h>

#include "model/json.h"
#include "support/vec.h"
#include "wit/resolve.h"

#define UI   "../shared/corpus/wit-ui"
#define FAIL UI "/parse-fail"
#define OWN  "tests/corpus/own"

typedef struct test_vec {
  struct CMUnitTest *items;
  size_t count, cap;
} test_vec;

/* What one run leaves. */
typedef struct outcome {
  arena arena;
  diag diag;
  resolved result;
  bool ok;
} outcome;

static void run(outcome *o, const char *path, bool all_features) {
  arena_init(&o->arena);
  diag_init(&o->diag, &o->arena);
  str active[] = {STR("active")};
  resolve_options options = {.features = {active, 1, 1}, .all_features = all_features};
  str_vec paths = {.items = (str[]){str_of(path)}, .count = 1};
  o->ok = wit_resolve(&paths, &options, &o->arena, &o->diag, &o->result);
}

static str read_file(arena *a, const char *path) {
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  buf b;
  buf_init(&b, a);
  char chunk[4096];
  for (size_t n = fread(chunk, 1, sizeof chunk, f); n > 0; n = fread(chunk, 1, sizeof chunk, f)) {
    buf_add(&b, (str){chunk, n});
  }
  fclose(f);
  return buf_str(&b);
}

/* Accepted */

static void report_difference(const json_t *have, const json_t *want, const char *path) {
  if (json_is_object(have) && json_is_object(want)) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)want, key, value) {
      const json_t *other = json_object_get(have, key);
      if (other == NULL || !json_equal(other, value)) {
        char deeper[512];
        snprintf(deeper, sizeof deeper, "%s/%s", path, key);
        report_difference(other, value, deeper);
        return;
      }
    }
  }
  for (size_t i = 0; json_is_array(have) && json_is_array(want) && i < json_array_size(want); i++) {
    if (!json_equal(json_array_get(have, i), json_array_get(want, i))) {
      char deeper[512];
      snprintf(deeper, sizeof deeper, "%s/%zu", path, i);
      report_difference(json_array_get(have, i), json_array_get(want, i), deeper);
      return;
    }
  }
  char *have_text = have == NULL ? NULL : json_dumps(have, JSON_ENCODE_ANY);
  char *want_text = json_dumps(want, JSON_ENCODE_ANY);
  fail_msg("%s: have %.200s, want %.200s", path, have_text == NULL ? "nothing" : have_text, want_text);
}

static void assert_model(outcome *o, const char *expected) {
  if (!o->ok) {
    diag_print(&o->diag, stderr, false);
  }
  assert_true(o->ok);
  str text = model_json(&o->result.model, &o->arena);
  json_error_t error;
  json_t *have = json_loadb(text.ptr, text.len, 0, &error);
  json_t *want = json_load_file(expected, 0, &error);
  assert_non_null(have);
  assert_non_null(want);
  if (!json_equal(have, want)) {
    report_difference(have, want, "");
  }
  json_decref(have);
  json_decref(want);
}

/* "x.wit.json" stands for the file "x.wit" or the directory "x". */
static const char *input_of(arena *a, const char *path, const char *suffix) {
  str file = str_sub(str_of(path), 0, strlen(path) - strlen(suffix));
  const char *as_file = str_c(a, file);
  return access(as_file, F_OK) == 0 ? as_file : str_c(a, str_sub(file, 0, file.len - strlen(".wit")));
}

static void test_accepted(void **state) {
  outcome o;
  arena names;
  arena_init(&names);
  run(&o, input_of(&names, *state, ".json"), false);
  assert_model(&o, *state);
  arena_release(&o.arena);
  arena_release(&names);
}

/*
 * The same for our own inputs, with all features. Their JSON was made by witgen after it had been compared with
 * `wasm-tools component wit --json --all-features` 1.263.
 */
static void test_own(void **state) {
  outcome o;
  arena names;
  arena_init(&names);
  run(&o, input_of(&names, *state, ".json"), true);
  assert_model(&o, *state);
  arena_release(&o.arena);
  arena_release(&names);
}

/* Refused */

typedef struct position {
  str path; /* below the folder */
  unsigned line, column;
} position;

/* The first "tests/ui/parse-fail/PATH:LINE:COLUMN" in the reference's message. */
static bool find_position(str message, position *out) {
  static const char prefix[] = "tests/ui/parse-fail/";
  const char *at = message.ptr;
  while ((at = strstr(at, prefix)) != NULL) {
    at += strlen(prefix);
    size_t len = strcspn(at, ":\n ");
    if (sscanf(at + len, ":%u:%u", &out->line, &out->column) == 2) {
      out->path = (str){at, len};
      return true;
    }
  }
  return false;
}

static void test_refused(void **state) {
  outcome o;
  arena names;
  position want;
  arena_init(&names);
  run(&o, input_of(&names, *state, ".result"), false);
  assert_false(o.ok);
  assert_true(o.diag.messages.count > 0);
  if (find_position(read_file(&names, *state), &want)) {
    const diag_message *first = &o.diag.messages.items[0];
    assert_non_null(first->at.source);
    uint32_t line, column;
    diag_position(first->at, &line, &column);
    assert_true(str_ends_with(first->at.source->path, str_c(&names, want.path)));
    assert_int_equal(line, want.line);
    assert_int_equal(column, want.column);
  }
  arena_release(&o.arena);
  arena_release(&names);
}

/* Our own: the expected place is above the '^' of a comment line. */
static bool find_caret(str text, unsigned *line, unsigned *column) {
  unsigned number = 0;
  for (size_t start = 0; start < text.len; number++) {
    size_t end = str_find(text, '\n', start);
    size_t caret = str_find(text, '^', start);
    size_t first = start;
    while (first < end && text.ptr[first] == ' ') {
      first++;
    }
    if (str_starts_with(str_sub(text, first, end), "//") && caret < end) {
      *line = number;
      *column = (unsigned)(caret - start) + 1;
      return true;
    }
    start = end + 1;
  }
  return false;
}

static void test_own_refused(void **state) {
  outcome o;
  unsigned want_line = 0, want_column = 0;
  run(&o, *state, false);
  assert_false(o.ok);
  assert_true(find_caret(read_file(&o.arena, *state), &want_line, &want_column));
  uint32_t line, column;
  assert_non_null(o.diag.messages.items[0].at.source);
  diag_position(o.diag.messages.items[0].at, &line, &column);
  assert_int_equal(line, want_line);
  assert_int_equal(column, want_column);
  arena_release(&o.arena);
}

/* Components in text form */

static void test_text_component(void **state) {
  (void)state;
  outcome o;
  run(&o, UI "/simple-wasm-text.wat", false);
  assert_false(o.ok);
  assert_int_equal(o.diag.messages.count, 2);
  assert_non_null(strstr(str_c(&o.arena, o.diag.messages.items[1].text), "wasm-tools parse "));
  arena_release(&o.arena);
}

static void write_file(const char *path, str text) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(text.ptr, 1, text.len, f), text.len);
  assert_int_equal(fclose(f), 0);
}

/* The two binary dependencies differ in one letter, so that the missing one can be made from the other. */
static str binary_of_d(arena *a, str e) {
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < e.len; i++) {
    buf_add_byte(&b, e.ptr[i] == 'e' ? 'd' : e.ptr[i]);
  }
  return buf_str(&b);
}

static void test_kinds_of_deps(void **state) {
  (void)state;
  outcome o;
  arena a;
  arena_init(&a);
  char dir[] = "/tmp/witgen-test-XXXXXX";
  assert_non_null(mkdtemp(dir));
  static const char *const made[] = {"", "/deps", "/deps/b"};
  for (size_t i = 1; i < 3; i++) {
    assert_int_equal(mkdir(str_c(&a, str_format(&a, "%s%s", dir, made[i])), 0777), 0);
  }
  static const char *const files[] = {"a.wit", "deps/b/root.wit", "deps/c.wit", "deps/e.wasm"};
  for (size_t i = 0; i < 4; i++) {
    str bytes = read_file(&a, str_c(&a, str_format(&a, UI "/kinds-of-deps/%s", files[i])));
    write_file(str_c(&a, str_format(&a, "%s/%s", dir, files[i])), bytes);
  }
  str e = read_file(&a, UI "/kinds-of-deps/deps/e.wasm");
  write_file(str_c(&a, str_format(&a, "%s/deps/d.wasm", dir)), binary_of_d(&a, e));
  run(&o, dir, false);
  assert_model(&o, UI "/kinds-of-deps.wit.json");
  static const char *const all[] = {"a.wit", "deps/b/root.wit", "deps/c.wit", "deps/e.wasm", "deps/d.wasm", "deps/b",
                                    "deps", ""};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    assert_int_equal(remove(str_c(&a, str_format(&a, "%s/%s", dir, all[i]))), 0);
  }
  arena_release(&o.arena);
  arena_release(&a);
}

/* Collecting */

static int compare_tests(const void *a, const void *b) {
  return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

static bool is_set_aside(const char *name) {
  return strcmp(name, "simple-wasm-text.wit.json") == 0 || strcmp(name, "kinds-of-deps.wit.json") == 0;
}

static void collect(arena *a, test_vec *tests, const char *dir, const char *suffix, CMUnitTestFunction function) {
  DIR *d = opendir(dir);
  size_t first = tests->count;
  for (const struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d)) {
    if (!str_ends_with(str_of(e->d_name), suffix) || is_set_aside(e->d_name)) {
      continue;
    }
    const char *path = str_c(a, str_format(a, "%s/%s", dir, e->d_name));
    const char *last = strrchr(suffix, '.');
    if (last == suffix || access(input_of(a, path, last), F_OK) == 0) { /* two messages have no input beside them */
      struct CMUnitTest test = {.name = path, .test_func = function, .initial_state = (void *)(uintptr_t)path};
      vec_push(a, tests, test);
    }
  }
  if (d != NULL) {
    closedir(d);
  }
  qsort(tests->items + first, tests->count - first, sizeof *tests->items, compare_tests);
}

static void test_corpus_is_there(void **state) {
  assert_true(*(const size_t *)*state > 250);
}

int main(void) {
  arena a;
  arena_init(&a);
  test_vec tests = {0};
  struct CMUnitTest fixed[] = {cmocka_unit_test(test_text_component), cmocka_unit_test(test_kinds_of_deps)};
  for (size_t i = 0; i < 2; i++) {
    vec_push(&a, &tests, fixed[i]);
  }
  collect(&a, &tests, UI, ".wit.json", test_accepted);
  collect(&a, &tests, FAIL, ".wit.result", test_refused);
  size_t corpus = tests.count;
  collect(&a, &tests, OWN, ".wit.json", test_own);
  collect(&a, &tests, OWN "/refused", ".wit", test_own_refused);
  struct CMUnitTest there = {.name = "corpus is there", .test_func = test_corpus_is_there, .initial_state = &corpus};
  vec_push(&a, &tests, there);
  int failed = _cmocka_run_group_tests("wit-ui", tests.items, tests.count, NULL, NULL);
  arena_release(&a);
  return failed;
}
