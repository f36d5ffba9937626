/*
 * Mutants: the corpus, spoilt in many ways, through the harness of fuzz_wit.c.
 *
 *   mutants CORPUS [SEED [COUNT [FIRST]]]
 *
 * Three tests: every file of the corpus cut off after each token; hostile inputs made by hand; COUNT mutants. Mutant N
 * depends on SEED, N and the corpus alone, so that a failure is repeated with FIRST=N COUNT=1. What fails is saved as
 * mutant.wit. No input may take longer than INPUT_SECONDS.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/table.h"
#include "wit/lex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The sanitizers end with a signal, so that end_badly sees them. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "abort_on_error=1";
}
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) {
  return "abort_on_error=1";
}

enum { INPUT_SECONDS = 20, CUTS_PER_FILE = 4000 };

/* Running one input */

static struct {
  const char *what;
  uint64_t number;
  str bytes;
  size_t tests;
} current;

static void end_badly(int signal_number) {
  char line[200];
  int length = snprintf(line, sizeof line, "not ok - %s %" PRIu64 ": %s; saved as mutant.wit\n", current.what,
                        current.number, signal_number == SIGALRM ? "takes too long" : "crashes");
  int fd = open("mutant.wit", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0 || write(fd, current.bytes.ptr, current.bytes.len) < 0 || write(1, line, (size_t)length) < 0) {
    _exit(2);
  }
  _exit(1);
}

static void run(const char *what, uint64_t number, str bytes) {
  current.what = what;
  current.number = number;
  current.bytes = bytes;
  alarm(INPUT_SECONDS);
  LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
  alarm(0);
}

static void passed(const char *what, uint64_t count, clock_t since) {
  printf("ok %zu - %s: %" PRIu64 " inputs in %.1f s\n", ++current.tests, what, count,
         (double)(clock() - since) / CLOCKS_PER_SEC);
  fflush(stdout);
}

/* The corpus: files with different contents, in the order of their names. */

typedef struct corpus {
  arena *arena;
  str_vec paths, texts;
} corpus;

static corpus found; /* nftw has no place for a context */

static int add_path(const char *path, const struct stat *st, int kind, struct FTW *where) {
  (void)st, (void)where;
  if (kind == FTW_F && str_ends_with(str_of(path), ".wit")) {
    str copy = str_copy(found.arena, str_of(path));
    vec_push(found.arena, &found.paths, copy);
  }
  return 0;
}

static int compare_paths(const void *a, const void *b) {
  return str_compare(*(const str *)a, *(const str *)b);
}

static str read_file(arena *a, str path) {
  FILE *in = fopen(path.ptr, "rb");
  buf b;
  buf_init(&b, a);
  char part[4096];
  for (size_t got; in != NULL && (got = fread(part, 1, sizeof part, in)) > 0;) {
    buf_add(&b, (str){part, got});
  }
  if (in != NULL) {
    fclose(in);
  }
  return buf_str(&b);
}

static bool corpus_load(const char *dir, arena *a) {
  found.arena = a;
  if (nftw(dir, add_path, 16, FTW_PHYS) != 0 || found.paths.count == 0) {
    return false;
  }
  qsort(found.paths.items, found.paths.count, sizeof *found.paths.items, compare_paths);
  table seen;
  table_init(&seen, a);
  for (size_t i = 0; i < found.paths.count; i++) {
    str text = read_file(a, found.paths.items[i]);
    if (table_add(&seen, text, &found) == NULL) {
      vec_push(a, &found.texts, text);
    }
  }
  return true;
}

/* Cuts */

static uint64_t cut_file(str text) {
  const source src = {STR("corpus"), text};
  lexer l;
  lexer_init(&l, &src);
  uint64_t cuts = 0;
  for (token t = lexer_next(&l); t.kind != TOKEN_END && cuts < CUTS_PER_FILE; t = lexer_next(&l)) {
    run("cut at byte", t.end, str_sub(text, 0, t.end));
    run("cut in a token at byte", t.start + 1, str_sub(text, 0, t.start + 1));
    cuts += 2;
  }
  return cuts;
}

static void test_cuts(void) {
  clock_t start = clock();
  uint64_t count = 0;
  for (size_t i = 0; i < found.texts.count; i++) {
    count += cut_file(found.texts.items[i]);
  }
  passed("every file of the corpus cut at each token", count, start);
}

/* Hostile inputs: `before`, `part` many times, `after`. */

typedef struct hostile {
  const char *before, *part;
  size_t count;
  const char *after;
} hostile;

#define IN_INTERFACE "package a:b; interface i { "

static const hostile hostile_inputs[] = {
    {"", "", 0, ""},
    {"", "\xff", 1, ""},
    {"package a:b;\r\ninterface i {\r\n", "  f: func();\r\n", 3, "}\r\n"},
    {"package a:b;\n// \xe2\x82", "", 0, ""},
    {"\xef\xbb\xbfpackage a:b;", "", 0, ""},
    {IN_INTERFACE "type t = ", "list<", 100000, "u8"},
    {IN_INTERFACE "type t = ", "result<_,", 100000, ""},
    {IN_INTERFACE "type t = ", "tuple<u8,", 99, "u8"},
    {"", "package a:b {", 100000, ""},
    {"", "{", 1000000, ""},
    {"", "}", 1000000, ""},
    {"", ";", 1000000, ""},
    {"", "/*", 1000000, ""},
    {"", "/**/", 500000, "interface i {}"},
    {"", "// a\n", 500000, "interface i {}"},
    {"", "\"", 1000001, ""},
    {"package a:b; ", "@since(version = 1.0.0) ", 100000, "interface i {}"},
    {"package a:b; interface ", "a", 2000000, " {}"},
    {"package a:b; interface ", "a-", 1000000, " {}"},
    {"package a:b; interface ", "aB", 1000000, " {}"},
    {"package a:b@1.0.0-", "a.", 300000, "a;"},
    {"package a:b@", "1", 1000000, ".0.0;"},
    {IN_INTERFACE, "f: func(", 200000, ""},
    {IN_INTERFACE, "f: func(); ", 200000, "}"},
    {IN_INTERFACE "f: func(", "a: u8, ", 200000, "); }"},
    {IN_INTERFACE, "type a = b; type b = a; ", 1, "}"},
    {IN_INTERFACE, "record a { a: b } record b { a: option<list<a>> } ", 1, "}"},
    {IN_INTERFACE, "resource a; ", 100000, "}"},
    {IN_INTERFACE, "use i.{a}; ", 100000, "}"},
    {IN_INTERFACE, "interface i { ", 100000, ""},
    {"package a:b; ", "use a:b/c; ", 100000, ""},
    {"package a:b; ", "interface i {} ", 100000, ""},
    {"package a:b; ", "world w { include w; } ", 100000, ""},
    {"package a:b; world w { ", "import a:b/c", 300000, ""},
    {"package a:b; world w { ", "import a ", 300000, ""},
    {"package a:b; world w { ", "import a: interface { ", 100000, ""},
};

static void test_hostile(arena *a) {
  clock_t start = clock();
  const size_t count = sizeof hostile_inputs / sizeof *hostile_inputs;
  for (size_t i = 0; i < count; i++) {
    const hostile *h = &hostile_inputs[i];
    buf b;
    buf_init(&b, a);
    buf_add_c(&b, h->before);
    for (size_t k = 0; k < h->count; k++) {
      buf_add_c(&b, h->part);
    }
    buf_add_c(&b, h->after);
    run("hostile input", i, buf_str(&b));
  }
  run("hostile input", count, STR("package a:b;\0interface i {}"));
  passed("hostile inputs", count + 1, start);
}

/* A chain: item N of the input refers to item N + 1, with distinct names: what is linear must stay so. */
static void test_chains(arena *a) {
  static const char *const formats[] = {
      "interface i%d { use i%d.{t}; type x = t; }\n", "interface i%d { use i%d.{t}; }\n", "use i%d as i%d;\n",
      "world w%d { include w%d; }\n", "interface i%d { type t = u8; } world w%d { }\n"};
  enum { LINKS = 5000 };
  clock_t start = clock();
  for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
    buf b;
    buf_init(&b, a);
    buf_add_c(&b, "package a:b;\n");
    for (int i = 0; i < LINKS; i++) {
      char line[100];
      str format = str_of(formats[f]);
      size_t first = str_find(format, '%', 0), second = str_find(format, '%', first + 1);
      snprintf(line, sizeof line, "%.*s%d%.*s%d%s", (int)first, format.ptr, i, (int)(second - first - 2),
               format.ptr + first + 2, i + 1, format.ptr + second + 2);
      buf_add_c(&b, line);
    }
    buf_printf(&b, "interface i%d { type t = u8; } world w%d { }\n", LINKS, LINKS);
    run("chain", f, buf_str(&b));
  }
  passed("long chains", sizeof formats / sizeof *formats, start);
}

/* Mutants */

typedef struct random_state {
  uint64_t state;
} random_state;

/* splitmix64 */
static uint64_t random_next(random_state *r) {
  uint64_t x = r->state += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

static size_t random_below(random_state *r, size_t limit) {
  return limit == 0 ? 0 : (size_t)(random_next(r) % limit);
}

static str random_file(random_state *r) {
  return found.texts.items[random_below(r, found.texts.count)];
}

/* A token at a random place, with its gap or without. */
static str random_token(random_state *r, str text) {
  const source src = {STR("corpus"), text};
  lexer l = {&src, (uint32_t)random_below(r, text.len + 1)};
  lexer_next(&l); /* most likely a part of one */
  token t = lexer_next(&l);
  return str_sub(text, t.start, t.end);
}

static str random_word(random_state *r) {
  static const char *const words[] = {
#define X(name, text) text,
      PUNCTUATION_LIST(X) KEYWORD_LIST(X)
#undef X
          "get(",
      "set(",
      "%",
      "\"",
      "\\",
      "//",
      "/*",
      "*/",
      "///",
      "@since(version = 1.0.0)",
      "@unstable(feature = f)",
      "@deprecated(version = 1.0.0)",
      "@external-id(\"\\u{e9}\")",
      "4294967296",
      "1.0.0-a+b",
      "a:b/c@1.0.0",
      "\r",
      "\n",
      "\xc3\xa9",
      "\xe2\x80\xae",
      "\xff",
      "\x1b",
      "list<u8, 3>",
      "result<_, string>",
      "borrow<r>"};
  return str_of(words[random_below(r, sizeof words / sizeof *words)]);
}

/* `text` with bytes from..to replaced. */
static str replaced(arena *a, str text, size_t from, size_t to, str by) {
  buf b;
  buf_init(&b, a);
  buf_add(&b, str_sub(text, 0, from));
  buf_add(&b, by);
  buf_add(&b, str_sub(text, to, text.len));
  return buf_str(&b);
}

static str mutate(random_state *r, arena *a, str text) {
  str part = random_token(r, text), other = random_file(r);
  size_t at = random_below(r, text.len + 1);
  size_t part_at = part.len > 0 ? (size_t)(part.ptr - text.ptr) : at;
  char byte = (char)random_next(r);
  switch (random_below(r, 10)) {
  case 0: return replaced(a, text, at, at + 1, (str){&byte, 1});
  case 1: return replaced(a, text, at, at, random_word(r));
  case 2: return replaced(a, text, part_at, part_at + part.len, random_word(r));
  case 3: return replaced(a, text, part_at, part_at + part.len, (str){0});
  case 4: return replaced(a, text, part_at, part_at, part);
  case 5: return replaced(a, text, part_at, part_at + part.len, random_token(r, text));
  case 6: return replaced(a, text, part_at, part_at + part.len, random_token(r, other));
  case 7: return str_sub(text, 0, at);
  case 8: return replaced(a, text, at, at + random_below(r, 40), (str){0});
  default: {
    size_t from = random_below(r, other.len + 1);
    return replaced(a, text, at, at, str_sub(other, from, from + random_below(r, 60)));
  }
  }
}

/* Gentle mutants keep most files valid, so that the phases behind the resolver see something: types made richer. */

static void add_random_type(random_state *r, buf *b, size_t depth) {
  static const char *const plain[] = {"bool", "u8",  "s16",  "u32",    "s64",
                                      "f32",  "f64", "char", "string", "error-context"};
  static const char *const made[] = {"list<$>",     "option<$>", "result<$, $>", "result<_, $>",   "result<$>",
                                     "tuple<$, $>", "stream<$>", "future<$>",    "map<string, $>", "list<$, 3>",
                                     "result",      "stream",    "future"};
  if (depth == 0 || random_below(r, 3) == 0) {
    buf_add_c(b, plain[random_below(r, sizeof plain / sizeof *plain)]);
    return;
  }
  for (const char *c = made[random_below(r, sizeof made / sizeof *made)]; *c != '\0'; c++) {
    if (*c == '$') {
      add_random_type(r, b, depth - 1);
    } else {
      buf_add_byte(b, *c);
    }
  }
}

static str enrich(random_state *r, arena *a, str text) {
  enum { TRIES = 20 };
  for (int i = 0; i < TRIES; i++) {
    str part = random_token(r, text);
    if (str_eq_c(part, "u32") || str_eq_c(part, "string") || str_eq_c(part, "u8")) {
      buf b;
      buf_init(&b, a);
      add_random_type(r, &b, 4);
      size_t at = (size_t)(part.ptr - text.ptr);
      return replaced(a, text, at, at + part.len, buf_str(&b));
    }
  }
  return text;
}

static str make_mutant(uint64_t seed, uint64_t number, arena *a) {
  random_state r = {seed ^ number * 0xd1342543de82ef95u};
  random_next(&r);
  str text = random_file(&r);
  bool gentle = random_below(&r, 3) == 0;
  for (size_t i = random_below(&r, 4) + 1; i > 0; i--) {
    text = gentle ? enrich(&r, a, text) : mutate(&r, a, text);
  }
  return text;
}

static void test_mutants(uint64_t seed, uint64_t count, uint64_t first) {
  clock_t start = clock();
  for (uint64_t i = first; i < first + count; i++) {
    arena a;
    arena_init(&a);
    run("mutant", i, make_mutant(seed, i, &a));
    arena_release(&a);
  }
  passed("mutants of the corpus", count, start);
}

static uint64_t number_or(int argc, char **argv, int index, uint64_t otherwise) {
  return index < argc ? strtoull(argv[index], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
  arena a;
  arena_init(&a);
  if (argc < 2 || !corpus_load(argv[1], &a)) {
    fprintf(stderr, "usage: mutants CORPUS [SEED [COUNT [FIRST]]]\n");
    return 2;
  }
  signal(SIGABRT, end_badly);
  signal(SIGALRM, end_badly);
  uint64_t seed = number_or(argc, argv, 2, (uint64_t)time(NULL));
  uint64_t count = number_or(argc, argv, 3, 100000), first = number_or(argc, argv, 4, 0);
  printf("# seed %" PRIu64 ", %zu different files\n", seed, found.texts.count);
  if (argc < 5) {
    test_cuts();
    test_hostile(&a);
    test_chains(&a);
  }
  test_mutants(seed, count, first);
  printf("1..%zu\n", current.tests);
  arena_release(&a);
  return 0;
}
