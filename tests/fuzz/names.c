/*
 * Names: random worlds with hostile names through the generator, and translation units that show whether what came out
 * can be compiled.
 *
 *   names WORDS OUT SEED FIRST COUNT
 *
 * Every world is accepted or refused with a place, and a clash with both. Of an accepted one guest and host are written
 * to OUT/NUMBER/. Worlds whose file-scope names differ share translation units, of these kinds:
 *
 *   guest-B.c    headers of the C library, then the guests' sources, each with functions that stand for the user's
 *   host-B.c     the same for hosts
 *   engine-N.c   of some worlds what binds a host to libwasmtime
 *   even-B.cc    headers of guests and hosts in turn, then those of the C library; odd-B.cc: the other way round
 *
 * A world alone is shown by `names … FIRST 1`, so that a unit that fails leads to its world.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emit/emit.h"
#include "emit/names.h"
#include "names_wit.h"
#include "wit/resolve.h"

enum { BATCH_WORLDS = 60, OPEN_BATCHES = 24, ENGINE_WORLDS = 100 };

static void require(bool condition, const char *what) {
  if (condition)
    return;
  fprintf(stderr, "names: %s\n", what);
  abort();
}

/* Files */

static FILE *open_file(str path) {
  FILE *out = fopen(path.ptr, "w");
  require(out != NULL, path.ptr);
  return out;
}

static void write_file(arena *a, const char *dir, uint64_t number, str name, str bytes) {
  FILE *out = open_file(str_format(a, "%s/%" PRIu64 "/%.*s", dir, number, STR_ARG(name)));
  require(fwrite(bytes.ptr, 1, bytes.len, out) == bytes.len && fclose(out) == 0, "cannot write");
}

static str_vec read_words(const char *path, arena *a) {
  str_vec words = {0};
  char line[256];
  FILE *in = fopen(path, "r");
  require(in != NULL, path);
  while (fgets(line, sizeof line, in)) {
    str word = str_copy(a, (str){line, strcspn(line, "\n")});
    vec_push(a, &words, word);
  }
  fclose(in);
  require(words.count > 0, "no words");
  return words;
}

/* File-scope names: identifiers with a '_' outside of braces and parentheses, and macros. */

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t skip_line(str text, size_t i) {
  return str_find(text, '\n', i);
}

static size_t skip_comment(str text, size_t i) {
  const char *end = i + 1 < text.len ? strstr(text.ptr + i, "*/") : NULL;
  return end ? (size_t)(end - text.ptr) + 2 : text.len;
}

static size_t skip_string(str text, size_t i) {
  for (i++; i < text.len && text.ptr[i] != '"'; i++)
    if (text.ptr[i] == '\\')
      i++;
  return i + 1;
}

static bool is_common(str word) {
  static const char *const common[] = {"size_t", "static_assert", "cabi_realloc", "int32_t", "int64_t", "int16_t", "int8_t", "uint32_t",
                                       "uint64_t", "uint16_t", "uint8_t", "char16_t"};
  for (size_t i = 0; i < sizeof common / sizeof *common; i++)
    if (str_eq_c(word, common[i]))
      return true;
  for (size_t i = 0; i + 1 < word.len; i++)
    if (word.ptr[i] == '_' && word.ptr[i + 1] == '_') /* of others that are compared, or shared */
      return true;
  return str_starts_with(word, "_") || str_starts_with(word, "withost_") || str_starts_with(word, "witguest_") ||
         str_starts_with(word, "WITGUEST_") || str_find(word, '_', 0) == word.len;
}

static void collect_names(arena *a, str text, str_vec *out) {
  int depth = 0;
  for (size_t i = 0; i < text.len;) {
    char c = text.ptr[i];
    if (c == '/' && i + 1 < text.len && (text.ptr[i + 1] == '*' || text.ptr[i + 1] == '/')) {
      i = text.ptr[i + 1] == '*' ? skip_comment(text, i) : skip_line(text, i);
    } else if (c == '"') {
      i = skip_string(text, i);
    } else if (c == '#' && !str_starts_with(str_sub(text, i, text.len), "#define")) {
      i = skip_line(text, i);
    } else if (is_word(c)) {
      size_t start = i;
      while (i < text.len && is_word(text.ptr[i]))
        i++;
      str word = str_sub(text, start, i);
      if (depth == 0 && !is_common(word))
        vec_push(a, out, word);
    } else {
      depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
      i++;
    }
    depth -= text.len - i > 10 && strncmp(text.ptr + i, "extern \"C\" {", 12) == 0; /* no scope */
  }
}

/* What a user defines: prototypes of the header that the source does not define. */

static bool is_defined(arena *a, str code, str prototype) {
  return strstr(code.ptr, str_format(a, "\n%.*s {", STR_ARG(prototype)).ptr) != NULL;
}

static bool is_prototype(str text) {
  if (text.len < 3 || !str_ends_with(text, ")") || !is_word(text.ptr[0]))
    return false;
  return !str_starts_with(text, "typedef") && !str_starts_with(text, "static") && !str_starts_with(text, "extern");
}

static void add_stubs(arena *a, str header, str code, buf *out) {
  for (size_t at = 0, end; at < header.len; at = end + 1) {
    end = str_find(header, '\n', at);
    if (at > 0 && header.ptr[at - 1] != '\n')
      continue;
    size_t semicolon = str_find(header, ';', at);
    str text = str_sub(header, at, semicolon);
    if (!is_word(header.ptr[at]) || !is_prototype(text) || is_defined(a, code, text))
      continue;
    buf_printf(out, "%.*s { __builtin_trap(); }\n", STR_ARG(text));
  }
}

/* Batches */

typedef struct batch {
  arena arena;
  table names;
  buf guest, host, even, odd;
  size_t worlds;
  unsigned number;
} batch;

typedef struct run {
  const char *out;
  str_vec words;
  uint64_t seed;
  batch batches[OPEN_BATCHES];
  unsigned batch_count;
  uint64_t accepted, refused, clashes;
} run;

static void batch_begin(run *r, batch *b) {
  arena_init(&b->arena);
  table_init(&b->names, &b->arena);
  b->worlds = 0;
  b->number = r->batch_count++;
  buf *texts[] = {&b->guest, &b->host, &b->even, &b->odd};
  for (size_t i = 0; i < 4; i++) {
    buf_init(texts[i], &b->arena);
    buf_add_c(texts[i], i < 2 ? "#include \"prelude.h\"\n" : "");
  }
}

static void write_unit(run *r, batch *b, const char *kind, const char *suffix, const buf *text) {
  FILE *out = open_file(str_format(&b->arena, "%s/%s-%u.%s", r->out, kind, b->number, suffix));
  require(fwrite(text->items, 1, text->count, out) == text->count && fclose(out) == 0, "cannot write");
}

static void batch_end(run *r, batch *b) {
  buf_add_c(&b->even, "#include \"prelude.h\"\n");
  buf_add_c(&b->odd, "#include \"prelude.h\"\n");
  if (b->worlds > 0) {
    write_unit(r, b, "guest", "c", &b->guest);
    write_unit(r, b, "host", "c", &b->host);
    write_unit(r, b, "even", "cc", &b->even);
    write_unit(r, b, "odd", "cc", &b->odd);
  }
  table_release(&b->names);
  arena_release(&b->arena);
}

static bool batch_admits(const batch *b, const str_vec *names) {
  for (size_t i = 0; i < names->count; i++)
    if (table_get(&b->names, names->items[i]))
      return false;
  return true;
}

static batch *find_batch(run *r, const str_vec *names) {
  batch *fullest = &r->batches[0];
  for (size_t i = 0; i < OPEN_BATCHES; i++) {
    batch *b = &r->batches[i];
    if (batch_admits(b, names))
      return b;
    fullest = b->worlds > fullest->worlds ? b : fullest;
  }
  batch_end(r, fullest);
  batch_begin(r, fullest);
  return fullest;
}

/* Names that are static in sources of one kind are given a number, so that several may share a unit. */
static void add_source(buf *out, uint64_t number, str file, const char *const *shared) {
  for (size_t i = 0; shared[i]; i++)
    buf_printf(out, "#define %s %s__%" PRIu64 "\n", shared[i], shared[i], number);
  buf_printf(out, "#include \"%" PRIu64 "/%.*s\"\n", number, STR_ARG(file));
  for (size_t i = 0; shared[i]; i++)
    buf_printf(out, "#undef %s\n", shared[i]);
}

static void add_world(run *r, arena *a, uint64_t number, str stem, const emit_file_vec *files, const str_vec *names) {
  static const char *const guest_shared[] = {"float__bits", "double__bits", "bits__float", "bits__double", "cabi_realloc",
                                             "__error_context_new", "__error_context_debug_message", "__context_get_0", NULL};
  static const char *const host_shared[] = {"prepare", NULL};
  batch *b = find_batch(r, names);
  for (size_t i = 0; i < names->count; i++)
    table_add(&b->names, str_copy(&b->arena, names->items[i]), b);
  buf_printf(&b->guest, "#%s WITGUEST_DEBUG\n", number % 32 == 14 ? "define" : "undef");
  add_source(&b->guest, number, str_format(a, "%.*s.c", STR_ARG(stem)), guest_shared);
  add_stubs(a, files->items[0].bytes, files->items[1].bytes, &b->guest);
  add_source(&b->host, number, str_format(a, "%.*s_host.c", STR_ARG(stem)), host_shared);
  buf_printf(b->worlds % 2 ? &b->odd : &b->even, "#include \"%" PRIu64 "/%.*s.h\"\n", number, STR_ARG(stem));
  buf_printf(b->worlds % 2 ? &b->even : &b->odd, "#include \"%" PRIu64 "/%.*s_host.h\"\n", number, STR_ARG(stem));
  if (++b->worlds < BATCH_WORLDS)
    return;
  batch_end(r, b);
  batch_begin(r, b);
}

/* A unit of its own: its static functions are called the same in every world. */
static void add_engine(run *r, arena *a, uint64_t number, const emit_file *file) {
  FILE *out = open_file(str_format(a, "%s/engine-%" PRIu64 ".c", r->out, number));
  fprintf(out, "#include \"prelude.h\"\n#include \"%" PRIu64 "/%.*s\"\n", number, STR_ARG(file->name));
  require(fclose(out) == 0, "cannot write");
  write_file(a, r->out, number, file->name, file->bytes);
}

/* One world */

static const char *memory_file(str text) {
  static int fd = -1;
  static char path[32];
  if (fd < 0)
    fd = memfd_create("input", 0);
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  require(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, text.ptr, text.len, 0) == (ssize_t)text.len, "no file in memory");
  return path;
}

static bool says(const diag_message *m, const char *text) { return strstr(m->text.ptr, text) != NULL; }

/* Every error has its place; one about a name that two items want has both. */
static void check_refusal(run *r, const diag *d, uint64_t number) {
  require(diag_failed(d), "refused without an error");
  for (size_t i = 0; i < d->messages.count; i++) {
    const diag_message *m = &d->messages.items[i];
    bool clash = says(m, "is taken") || says(m, "defined twice");
    bool noted = i + 1 < d->messages.count && d->messages.items[i + 1].level == DIAG_NOTE;
    if (m->level != DIAG_ERROR)
      continue;
    r->clashes += clash;
    if (m->at.source && (!clash || noted))
      continue;
    printf("not ok - world %" PRIu64 ": an error without %s: %.*s\n", number, m->at.source ? "its other place" : "a place",
           STR_ARG(m->text));
  }
}

static emit_options choose_options(random_state *random, uint64_t number, const str_vec *words) {
  emit_options o = {.engine_wasm2c = true, .engine_wasmtime = true};
  o.no_sig_flattening = number % 8 == 1;
  o.autodrop_borrows = number % 8 == 2;
  o.encoding = number % 8 == 3 ? ENCODING_UTF16 : number % 8 == 4 ? ENCODING_LATIN1_UTF16 : ENCODING_UTF8;
  o.no_helpers = number % 8 == 5;
  o.for_task = number % 8 == 6;
  o.async_helpers = o.threading_helpers = number % 16 == 7;
  o.debug_hooks = number % 16 == 14;
  if (number % 16 == 15)
    o.rename_world = words->items[random_below(random, words->count)];
  return o;
}

static bool generate(run *r, uint64_t number, str wit, const emit_options *o, arena *a, emit_file_vec *files, str *stem) {
  diag d;
  resolved input;
  const resolve_options resolve = {.all_features = true};
  str_vec paths = {.items = (str[]){str_of(memory_file(wit))}, .count = 1};
  diag_init(&d, a);
  bool ok = wit_resolve(&paths, &resolve, a, &d, &input);
  const struct world *w = ok ? wit_select_world(&input, STR(""), a, &d) : NULL;
  bool guest = w && emit_world(&input.model, w, SIDE_GUEST, o, a, &d, files);
  bool host = w && guest && emit_world(&input.model, w, SIDE_HOST, o, a, &d, files);
  if (host)
    *stem = names_snake(a, o->rename_world.len ? o->rename_world : w->name);
  else
    check_refusal(r, &d, number);
  if (getenv("NAMES_VERBOSE"))
    diag_print(&d, stderr, false);
  return host;
}

static void run_world(run *r, uint64_t number) {
  arena a;
  arena_init(&a);
  random_state random = {r->seed ^ number * 0xd1342543de82ef95u};
  str stem, wit = names_wit(&random, &r->words, &a);
  emit_options options = choose_options(&random, number, &r->words);
  emit_file_vec files = {0};
  bool ok = generate(r, number, wit, &options, &a, &files, &stem);
  *(ok ? &r->accepted : &r->refused) += 1;
  if (ok || getenv("NAMES_VERBOSE")) {
    require(mkdir(str_format(&a, "%s/%" PRIu64, r->out, number).ptr, 0777) == 0, "cannot make a directory");
    write_file(&a, r->out, number, STR("input.wit"), wit);
  }
  if (ok) {
    str_vec names = {0};
    for (size_t i = 0; i < 4; i++) { /* not the engines' files */
      write_file(&a, r->out, number, files.items[i].name, files.items[i].bytes);
      collect_names(&a, files.items[i].bytes, &names);
    }
    add_world(r, &a, number, stem, &files, &names);
    if (number % ENGINE_WORLDS == 0)
      add_engine(r, &a, number, &files.items[files.count - 1]);
  }
  arena_release(&a);
}

int main(int argc, char **argv) {
  arena a;
  if (argc != 6) {
    fprintf(stderr, "usage: names WORDS OUT SEED FIRST COUNT\n");
    return 2;
  }
  arena_init(&a);
  run r = {.out = argv[2], .words = read_words(argv[1], &a), .seed = strtoull(argv[3], NULL, 10)};
  uint64_t first = strtoull(argv[4], NULL, 10), count = strtoull(argv[5], NULL, 10);
  for (size_t i = 0; i < OPEN_BATCHES; i++)
    batch_begin(&r, &r.batches[i]);
  for (uint64_t number = first; number < first + count; number++)
    run_world(&r, number);
  for (size_t i = 0; i < OPEN_BATCHES; i++)
    batch_end(&r, &r.batches[i]);
  printf("# worlds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " accepted, %" PRIu64 " refused, %" PRIu64 " clashes\n", first,
         first + count - 1, r.accepted, r.refused, r.clashes);
  arena_release(&a);
  return 0;
}
