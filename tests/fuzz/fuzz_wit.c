/*
 * Fuzz: WIT text through the whole line, from bytes to C texts.
 *
 * Whatever the bytes are, each phase either succeeds and says no error, or fails and says at least one, with text and a
 * place inside the input; then the messages can be printed. The sanitizers watch over the rest.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "emit/emit.h"
#include "help.h"
#include "model/json.h"
#include "wit/parse.h"
#include "wit/resolve.h"

static void check_parse(str text) {
  arena a;
  arena_init(&a);
  diag d;
  diag_init(&d, &a);
  const source src = {STR("input.wit"), text};
  bool fine = wit_parse(&src, &a, &d) != NULL;
  check_messages(&d, fine);
  arena_release(&a);
}

/* A model that was accepted can be printed, and each of its worlds can be written as C or is refused with a reason. */
static void check_model(const resolved *input, arena *a) {
  model_json(&input->model, a);
  for (size_t i = 0; i < input->model.worlds.count; i++) {
    diag d;
    diag_init(&d, a);
    const emit_options options = {0};
    emit_file_vec files = {0};
    bool fine = emit_world(&input->model, input->model.worlds.items[i], SIDE_GUEST, &options, a, &d, &files);
    check_messages(&d, fine);
  }
}

static void check_resolve(const char *path) {
  arena a;
  arena_init(&a);
  diag d;
  diag_init(&d, &a);
  const resolve_options options = {.all_features = true};
  resolved input;
  str_vec paths = {.items = (str[]){str_of(path)}, .count = 1};
  bool fine = wit_resolve(&paths, &options, &a, &d, &input);
  check_messages(&d, fine);
  if (fine) {
    check_model(&input, &a);
  }
  arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* a copy of exactly its size, so that the sanitizer sees a read past its end */
  char *copy = malloc(size > 0 ? size : 1);
  require(copy != NULL, "no memory");
  if (size > 0) {
    memcpy(copy, data, size);
  }
  check_parse((str){copy, size});
  free(copy);
  check_resolve(fuzz_file(data, size));
  return 0;
}
