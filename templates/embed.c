/*
 * Embed: template files as C array elements, for gen/emit/template.c to include. Run by make.
 *
 *   embed templates/guest/header.h.in …  >  templates.inc
 *
 * Bytes are written as numbers: string literals have a length limit.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdio.h>
#include <string.h>

static int embed_file(const char *path) {
  FILE *in = fopen(path, "rb");
  const char *name = strchr(path, '/');
  if (in == NULL || name == NULL) {
    fprintf(stderr, "embed: cannot read '%s'\n", path);
    return 1;
  }
  size_t column = 0;
  printf("{\"%s\", (const char[]){", name + 1);
  for (int c = getc(in); c != EOF; c = getc(in))
    printf("%s%d,", column++ % 32 == 0 ? "\n" : "", c);
  printf("0}, %zu},\n", column);
  int failed = ferror(in);
  fclose(in);
  return failed;
}

int main(int argc, char **argv) {
  int failed = 0;
  for (int i = 1; i < argc; i++)
    failed |= embed_file(argv[i]);
  return failed | ferror(stdout);
}
