/*
 * Fuzz: WIT text through the whole line, from bytes to C texts.
 *
 * Whatever the bytes are, each phase either succeeds and says no error, or fails and says at least one, with text and a
 * place inside the input; then the messages can be printed. The sanitizers watch over the rest. The input reaches the
 * resolver as a file in memory, by its name below /proc.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "emit/emit.h"
#include "model/json.h"
#include "wit/parse.h"
#include "wit/resolve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
  }
}

/* Messages are there exactly when something failed, and all of them can be shown. */
static void check_messages(const diag *d, bool fine) {
  static FILE *nowhere;
  if (nowhere == NULL) {
    nowhere = fopen("/dev/null", "w");
  }
  require(fine != diag_failed(d), fine ? "accepted with an error" : "refused without an error");
  for (size_t i = 0; i < d->messages.count; i++) {
    const diag_message *m = &d->messages.items[i];
    require(m->text.len > 0, "an error without text");
    require(m->at.source == NULL || m->at.start <= m->at.source->text.len, "an error outside the text");
  }
  diag_print(d, nowhere, true);
}

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

/* The name of a file that holds the bytes. */
static const char *memory_file(const uint8_t *data, size_t size) {
  static int fd = -1;
  static char path[32];
  if (fd < 0) {
    fd = memfd_create("input", 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  }
  require(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size, "no file in memory");
  return path;
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
  check_resolve(memory_file(data, size));
  return 0;
}
