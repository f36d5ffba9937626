/*
 * Fuzz: binary WIT packages, component-type sections, and components. Bytes that are accepted must survive the phases
 * behind: layout, and every world encoded and, for packages, decoded again to the same bytes.
 *
 * The corpora hold no binaries, so the first directory of the command line is filled with the worlds of the codegen
 * corpus, as a guest's type section holds them, and with the components of tests/packages.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "abi/component_type.h"
#include "abi/core_names.h"
#include "abi/layout.h"
#include "wit/resolve.h"
#include "wit/wasm_component.h"
#include "wit/wasm_package.h"

#define SEED_SOURCES "../shared/corpus/wit-codegen"
#define COMPONENTS   "tests/packages/component"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Seeds */

static void seed_write(const char *directory, const model *m, const world *w, arena *a) {
  section_line_vec lines = component_type_encode(m, w, ENCODING_UTF8, a);
  str bytes = component_type_bytes(&lines, a);
  str path = str_format(a, "%s/%.*s-%.*s.wasm", directory, STR_ARG(w->package->name.name), STR_ARG(w->name));
  FILE *file = fopen(str_c(a, path), "wb");
  if (file) {
    fwrite(bytes.ptr, 1, bytes.len, file);
    fclose(file);
  }
}

static void component_copy(const char *directory, const char *name) {
  char from[4096], to[4096], bytes[4096];
  snprintf(from, sizeof from, "%s/%s.wasm", COMPONENTS, name);
  snprintf(to, sizeof to, "%s/%s.wasm", directory, name);
  FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
  if (in && out) {
    fwrite(bytes, 1, fread(bytes, 1, sizeof bytes, in), out);
  }
  if (in) {
    fclose(in);
  }
  if (out) {
    fclose(out);
  }
}

static void seeds_write_from(const char *directory, const char *path) {
  arena a;
  diag d;
  resolved r;
  resolve_options options = {.all_features = true};
  arena_init(&a);
  diag_init(&d, &a);
  str_vec paths = {.items = (str[]){str_of(path)}, .count = 1};
  if (wit_resolve(&paths, &options, &a, &d, &r)) {
    for (size_t i = 0; i < r.model.worlds.count; i++) {
      seed_write(directory, &r.model, r.model.worlds.items[i], &a);
    }
  }
  arena_release(&a);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  int at = 1;
  while (at < *argc && (*argv)[at][0] == '-') {
    at++;
  }
  static const char *const components[] = {"bare", "composed", "shim"};
  for (size_t i = 0; at < *argc && i < sizeof components / sizeof *components; i++) {
    component_copy((*argv)[at], components[i]);
  }
  DIR *sources = opendir(SEED_SOURCES);
  for (struct dirent *entry; sources && at < *argc && (entry = readdir(sources));) {
    char path[4096];
    snprintf(path, sizeof path, SEED_SOURCES "/%s", entry->d_name);
    if (entry->d_name[0] != '.') {
      seeds_write_from((*argv)[at], path);
    }
  }
  if (sources) {
    closedir(sources);
  }
  return 0;
}

/* One input */

static str world_encode(const wasm_package *p, const world *w, arena *a) {
  section_line_vec lines = component_type_encode(&p->model, w, ENCODING_UTF8, a);
  return component_type_bytes(&lines, a);
}

/* Decodes what was encoded, and encodes the result. */
static str world_again(str bytes, arena *a) {
  wasm_package p;
  diag d;
  diag_init(&d, a);
  if (!wasm_package_decode(bytes, STR("again"), a, &d, &p) || p.main->worlds.count != 1) {
    abort();
  }
  return world_encode(&p, p.main->worlds.items[0], a);
}

/*
 * Input may write one type several times. Equal ones become one, and then those that hold them are equal: one more level of
 * nesting each time. So the bytes get fewer until they stay as they are.
 */
static void world_check(const wasm_package *p, const world *w, arena *a) {
  str once = world_encode(p, w, a);
  if (once.len == 0) {
    return; /* uses an interface that it does not import: said by the resolver */
  }
  str before = world_again(once, a), after = world_again(before, a);
  while (!str_eq(before, after)) {
    if (after.len >= before.len) {
      abort();
    }
    before = after;
    after = world_again(before, a);
  }
}

static void funcs_check(const func_vec *funcs, arena *a) {
  for (size_t i = 0; i < funcs->count; i++) {
    core_payloads(a, funcs->items[i]);
    for (func_abi abi = ABI_IMPORT_SYNC; abi <= ABI_EXPORT_ASYNC_CALLBACK; abi++) {
      layout_signature(funcs->items[i], abi);
    }
  }
}

typedef bool decoder(str bytes, str path, arena *a, diag *d, wasm_package *out);

static void input_check(decoder *decode, str bytes, bool again) {
  arena a;
  diag d;
  wasm_package p;
  arena_init(&a);
  diag_init(&d, &a);
  bool fine = decode(bytes, STR("input"), &a, &d, &p);
  if (fine == diag_failed(&d)) {
    abort(); /* refused without a reason, or accepted with one */
  }
  if (fine) {
    layout_assign(&p.model);
    for (size_t i = 0; i < p.model.interfaces.count; i++) {
      funcs_check(&p.model.interfaces.items[i]->funcs, &a);
    }
    for (size_t i = 0; i < p.main->worlds.count; i++) {
      if (again) {
        world_check(&p, p.main->worlds.items[i], &a);
      } else {
        world_encode(&p, p.main->worlds.items[i], &a);
      }
    }
  }
  arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  str bytes = {(const char *)data, size};
  if (wasm_component_is(bytes)) {
    input_check(wasm_component_decode, bytes, false);
  } else {
    input_check(wasm_package_decode, bytes, true);
    input_check(wasm_world_decode, bytes, false);
  }
  return 0;
}
