/*
 * Fuzz: templates. The first byte chooses a template, the rest takes its place; then a world that uses all of them is written, as guest and as host.
 * A text with other holes than the built-in one is refused with a reason; one that is accepted stands in the output up to its first hole.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emit/emit.h"
#include "help.h"
#include "wit/resolve.h"

static const char wit[] = "package a:b; interface i { resource r { constructor(); } f: func(s: string) -> error-context; "
                          "g: async func(x: stream<u8>, y: future<string>); } world w { import i; export i; }";

static const char *const names[] = {
    "guest/async.c.in",  "guest/async.h.in",  "guest/component_type.c.in",   "guest/component_type_object.c.in", "guest/future.h.in",
    "guest/header.h.in", "guest/pipe.c.in",   "guest/realloc.c.in",          "guest/resource_exported.c.in",     "guest/resource_imported.h.in",
    "guest/source.c.in", "guest/stream.h.in", "guest/string.h.in",           "guest/threads.c.in",               "host/header.h.in",
    "host/source.c.in",  "host/string.h.in",  "host/wasm2c.c.in",            "host/wasmtime.c.in",
};

enum { NAME_COUNT = sizeof names / sizeof *names };

static char directory[] = "/tmp/witgen-fuzz-XXXXXX";

static char *path_of(const char *name) {
  static char path[200];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  return path;
}

static void clean_up(void) {
  for (size_t i = 0; i < NAME_COUNT; i++) {
    unlink(path_of(names[i]));
  }
  rmdir(path_of("guest"));
  rmdir(path_of("host"));
  rmdir(directory);
}

static void set_up(void) {
  require(mkdtemp(directory) != NULL && mkdir(path_of("guest"), 0700) == 0 && mkdir(path_of("host"), 0700) == 0, "no directory");
  atexit(clean_up);
}

static void put_template(const char *name, const uint8_t *data, size_t size) {
  int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  require(fd >= 0 && write(fd, data, size) == (ssize_t)size && close(fd) == 0, "no file");
}

/* The text before the first '$' or the line that it is in, as lines that hold nothing but a hole may disappear. */
static str beginning(const uint8_t *data, size_t size) {
  str text = {(const char *)data, size};
  size_t end = str_find(text, '$', 0);
  while (end > 0 && end < size && text.ptr[end - 1] != '\n') {
    end--;
  }
  return str_sub(text, 0, end);
}

static bool holds(const emit_file_vec *files, str text) {
  for (size_t i = 0; i < files->count; i++) {
    str bytes = files->items[i].bytes;
    if (text.len == 0 || memmem(bytes.ptr, bytes.len, text.ptr, text.len) != NULL) {
      return true;
    }
  }
  return false;
}

static void check_side(const resolved *input, emit_side side, str expected, arena *a) {
  diag d;
  emit_file_vec files = {0};
  diag_init(&d, a);
  const emit_options o = {.engine_wasm2c = true, .engine_wasmtime = true, .threading_helpers = true, .async_helpers = true,
                          .templates_dir = str_of(directory)};
  bool fine = emit_world(&input->model, input->model.worlds.items[0], side, &o, a, &d, &files);
  check_messages(&d, fine);
  require(!fine || holds(&files, expected), "a template that is not in the output");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool is_set_up;
  if (!is_set_up) {
    set_up();
    is_set_up = true;
  }
  if (size == 0) {
    return 0;
  }
  arena a;
  diag d;
  resolved input;
  arena_init(&a);
  diag_init(&d, &a);
  const char *name = names[data[0] % NAME_COUNT];
  bool unused = strcmp(name, "guest/component_type_object.c.in") == 0; /* by default */
  emit_side side = strncmp(name, "host/", 5) == 0 ? SIDE_HOST : SIDE_GUEST;
  str_vec paths = {.items = (str[]){str_of(fuzz_file((const uint8_t *)wit, sizeof wit - 1))}, .count = 1};
  require(wit_resolve(&paths, &(resolve_options){0}, &a, &d, &input), "the world is refused");
  put_template(name, data + 1, size - 1);
  check_side(&input, side, unused ? STR("") : beginning(data + 1, size - 1), &a);
  unlink(path_of(name));
  arena_release(&a);
  return 0;
}
