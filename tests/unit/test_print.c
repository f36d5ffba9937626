/*
 * The printer: what it writes, the parser reads as the same packages.
 *
 * For every input of the corpora that is accepted: resolve, print, resolve what was printed. Both models must have the same JSON.
 * The printed text comes to the resolver from memory.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

#include <dirent.h>
#include <jansson.h>
#include <sys/stat.h>

#include "model/json.h"
#include "wit/print.h"
#include "wit/resolve.h"

/* One file in memory. */
typedef struct memory {
  wit_files files;
  str text;
} memory;

static file_kind memory_kind(const wit_files *f, str path, arena *a, diag *d) {
  (void)f, (void)path, (void)a, (void)d;
  return FILE_REGULAR;
}

static bool memory_read(const wit_files *f, str path, arena *a, diag *d, str *out) {
  (void)path, (void)a, (void)d;
  *out = ((const memory *)f)->text;
  return true;
}

static bool resolve(fixture *f, const char *path, const wit_files *files, resolved *out) {
  resolve_options options = {.all_features = true, .files = files};
  str_vec paths = {.items = (str[]){str_of(path)}, .count = 1};
  return wit_resolve(&paths, &options, &f->arena, &f->diag, out);
}

static bool same_json(str a, str b) {
  json_error_t error;
  json_t *x = json_loadb(a.ptr, a.len, 0, &error), *y = json_loadb(b.ptr, b.len, 0, &error);
  bool same = json_equal(x, y);
  json_decref(x);
  json_decref(y);
  return same;
}

/*
 * Inputs whose ids come from the order in which things are written, which printed text does not keep: functions in front of
 * resources, exports in front of imports, what an 'include' brought. Their JSON has the same lines but for numbers, in
 * some order; and nothing is a clone any more.
 */
static bool is_renumbered(const char *path) {
  static const char *const names[] = {
      "wit-ui/accessors.wit", "wit-ui/with-resource-as.wit", "wit-ui/foreign-interface-dep-gated.wit", "wit-codegen/resources.wit",
      "own/inl-types.wit",    "own/include-chain.wit",       "own/extids.wit",                         "own/nested-multi.wit",
      "own/inc-ext.wit",      "own/deps",                    "own/impl-many.wit",                      "own/order.wit"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (str_ends_with(str_of(path), names[i])) {
      return true;
    }
  }
  return false;
}

static int compare_lines(const void *a, const void *b) {
  return str_compare(*(const str *)a, *(const str *)b);
}

/* The lines without numbers and commas, sorted. */
static str lines_of(str json, arena *a) {
  str_vec lines = {0};
  for (size_t at = 0; at < json.len;) {
    size_t end = str_find(json, '\n', at);
    buf b;
    buf_init(&b, a);
    for (size_t i = at; i < end; i++) {
      if (strchr("0123456789,", json.ptr[i]) == NULL) {
        buf_add_byte(&b, json.ptr[i]);
      }
    }
    if (!str_ends_with(buf_str(&b), "\"clone_of\": ")) {
      vec_push(a, &lines, buf_str(&b));
    }
    at = end + 1;
  }
  qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
  buf out;
  buf_init(&out, a);
  for (size_t i = 0; i < lines.count; i++) {
    buf_printf(&out, "%.*s\n", STR_ARG(lines.items[i]));
  }
  return buf_str(&out);
}

/* 1 when the input is accepted. */
static int round_trip(const char *path) {
  void *state = NULL;
  fixture_start(&state);
  fixture *f = state;
  resolved first, second;
  int done = resolve(f, path, NULL, &first);
  if (done) {
    str text = wit_print(&first.model, first.mains.items[0], &f->arena);
    memory m = {.files = {.kind = memory_kind, .read = memory_read}, .text = text};
    if (!resolve(f, "printed.wit", &m.files, &second)) {
      diag_print(&f->diag, stderr, false);
      fail_msg("%s is printed as\n%.*s", path, STR_ARG(text));
    }
    str want = model_json(&first.model, &f->arena), have = model_json(&second.model, &f->arena);
    bool ok = is_renumbered(path) ? str_eq(lines_of(want, &f->arena), lines_of(have, &f->arena)) : same_json(want, have);
    if (!ok) {
      fail_msg("%s is another package as\n%.*s", path, STR_ARG(text));
    }
  }
  fixture_end(&state);
  return done;
}

static int round_trip_all(const char *dir) {
  DIR *d = opendir(dir);
  int done = 0;
  assert_non_null(d);
  for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
    char path[1024];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
    size_t length = strlen(path);
    bool is_input = stat(path, &st) == 0 && (S_ISDIR(st.st_mode) || strcmp(path + length - 4, ".wit") == 0 ||
                                             strcmp(path + length - 5, ".wasm") == 0);
    if (e->d_name[0] != '.' && is_input) {
      done += round_trip(path);
    }
  }
  closedir(d);
  return done;
}

static void what_is_printed_is_read_as_the_same(void **state) {
  (void)state;
  assert_true(round_trip_all("../shared/corpus/wit-ui") >= 75);
  assert_true(round_trip_all("../shared/corpus/wit-codegen") >= 98);
  assert_true(round_trip_all("../shared/corpus/wasi-0.3.0") >= 6);
  assert_true(round_trip_all("tests/corpus/own") >= 26);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_printed_is_read_as_the_same)};
  return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
