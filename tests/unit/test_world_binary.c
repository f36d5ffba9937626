/*
 * World binary: every world of the corpora written as a component type, read back, and written again.
 *
 * The section that a guest carries is itself a binary package with one world. What the reader makes of it must be the
 * world that was written: then writing it again gives the same bytes, down to the numbering of types.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <sys/stat.h>

#include "abi/component_type.h"
#include "abi/layout.h"
#include "wit/resolve.h"
#include "wit/wasm_package.h"

static str encode(const model *m, const world *w, arena *a) {
  section_line_vec lines = component_type_encode(m, w, ENCODING_UTF8, a);
  return component_type_bytes(&lines, a);
}

static void assert_same_bytes(str have, str want) {
  assert_int_equal(have.len, want.len);
  assert_memory_equal(have.ptr, want.ptr, want.len);
}

static void world_round_trip(const model *m, const world *w, arena *a) {
  diag d;
  wasm_package back;
  diag_init(&d, a);
  str once = encode(m, w, a);
  assert_true(once.len > 0);
  if (!wasm_package_decode(once, w->name, a, &d, &back)) {
    diag_print(&d, stderr, false);
    fail_msg("the section of a world is refused");
  }
  assert_int_equal(back.main->worlds.count, 1);
  assert_true(str_eq(back.main->worlds.items[0]->name, w->name));
  assert_true(package_name_eq(&back.main->name, &w->package->name));
  assert_same_bytes(encode(&back.model, back.main->worlds.items[0], a), once);
}

/* Resolves one path and counts its worlds; input that is refused is the business of other tests. */
static size_t path_round_trip(const char *path) {
  arena a;
  diag d;
  resolved r;
  size_t worlds = 0;
  arena_init(&a);
  diag_init(&d, &a);
  resolve_options options = {.all_features = true};
  str_vec paths = {.items = (str[]){str_of(path)}, .count = 1};
  if (wit_resolve(&paths, &options, &a, &d, &r)) {
    for (; worlds < r.model.worlds.count; worlds++) {
      world_round_trip(&r.model, r.model.worlds.items[worlds], &a);
    }
  }
  arena_release(&a);
  return worlds;
}

static size_t folder_round_trip(const char *folder) {
  size_t worlds = 0;
  DIR *dir = opendir(folder);
  if (!dir) {
    fail_msg("%s is not there", folder);
  }
  for (struct dirent *entry; (entry = readdir(dir));) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (entry->d_name[0] != '.') {
      worlds += path_round_trip(path);
    }
  }
  closedir(dir);
  return worlds;
}

static void test_codegen_corpus(void **state) {
  (void)state;
  assert_true(folder_round_trip("../shared/corpus/wit-codegen") >= 80);
}

static void test_ui_corpus(void **state) {
  (void)state;
  assert_true(folder_round_trip("../shared/corpus/wit-ui") >= 100);
}

static void test_wasi_corpus(void **state) {
  (void)state;
  assert_true(folder_round_trip("../shared/corpus/wasi-0.3.0") >= 8);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_codegen_corpus),
      cmocka_unit_test(test_ui_corpus),
      cmocka_unit_test(test_wasi_corpus),
  };
  return cmocka_run_group_tests_name("world binary", tests, NULL, NULL);
}
