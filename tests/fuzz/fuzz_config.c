/*
 * Fuzz: witgen.yaml. What is accepted is printed as `--print-config` does, and that file is accepted and means the same.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <string.h>

#include "cli/config.h"
#include "help.h"

/* The values in effect, or an empty text when the configuration is refused. */
static str effective(str text, arena *a) {
  diag d;
  config c;
  options given;
  source *src = arena_new(a, source);
  *src = (source){STR("witgen.yaml"), text};
  diag_init(&d, a);
  options_init(&given, a);
  bool fine = config_parse(&c, src, a, &d) && config_select(&c, &(str_vec){0}, a, &d) && config_finish(&c, &given, &d);
  check_messages(&d, fine);
  char *printed = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&printed, &size);
  require(out != NULL, "no memory");
  bool said = fine && config_print(out, &c, a, &d);
  fclose(out);
  str copy = said ? str_copy(a, (str){printed, size}) : STR("");
  free(printed);
  return copy;
}

/* Without where each value comes from: what is behind the last "  # " of a line. */
static str without_origins(str text, arena *a) {
  buf b;
  buf_init(&b, a);
  for (size_t at = 0; at < text.len;) {
    size_t end = str_find(text, '\n', at), cut = end;
    for (size_t i = at; i + 4 <= end; i++) {
      if (memcmp(text.ptr + i, "  # ", 4) == 0) {
        cut = i;
      }
    }
    buf_add(&b, str_sub(text, at, cut));
    buf_add_byte(&b, '\n');
    at = end + 1;
  }
  return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  arena a;
  arena_init(&a);
  char *copy = malloc(size > 0 ? size : 1); /* of exactly its size: a read past its end is seen */
  require(copy != NULL, "no memory");
  if (size > 0) {
    memcpy(copy, data, size);
  }
  str once = effective((str){copy, size}, &a);
  if (once.len > 0) {
    str again = effective(once, &a);
    require(again.len > 0, "what is printed is refused");
    require(str_eq(without_origins(once, &a), without_origins(again, &a)), "what is printed means something else");
  }
  free(copy);
  arena_release(&a);
  return 0;
}
