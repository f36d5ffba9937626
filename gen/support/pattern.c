/*
 * Pattern: PCRE2 behind a small door.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * Names are short: what needs more than this on one of them is a mistake. The limits on nesting and memory bind the
 * interpreter alone; machine code has a stack of its own, and what does not fit there is given to the interpreter.
 */
enum {
  STEP_LIMIT = 1000000,
  DEPTH_LIMIT = 10000,
  HEAP_LIMIT = 4096, /* KiB */
  LENGTH_LIMIT = 10000,
  MESSAGE_SIZE = 256
};

struct pattern_code {
  arena *arena;
  diag *diag;
  const source *source;
  size_t from, end; /* of the expression in the source, without its slashes */
  pcre2_general_context *memory;
  pcre2_code *code;
  pcre2_match_context *limits;
  pcre2_match_data *match;
};

static PCRE2_SPTR units(str s) {
  return (PCRE2_SPTR)(s.ptr ? s.ptr : "");
}

/* Where patterns begin and end */

size_t pattern_end(str text, size_t from, char next) {
  for (size_t i = from + 1; i < text.len; i++) {
    if (text.ptr[i] == '\\')
      i++;
    else if (text.ptr[i] == '/' && (i + 1 == text.len || text.ptr[i + 1] == next))
      return i;
  }
  return text.len;
}

static size_t skip_before_name(str list, size_t at) {
  static const char *const words[] = {"-", "import:", "export:"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (str_starts_with(str_sub(list, at, list.len), words[i]))
      at += str_of(words[i]).len;
  }
  return at;
}

bool pattern_list_next(str list, size_t *at, str *item) {
  size_t from = *at;
  if (from > list.len)
    return false;
  size_t name = skip_before_name(list, from);
  if (name < list.len && list.ptr[name] == '/')
    name = pattern_end(list, name, ',');
  size_t end = str_find(list, ',', name);
  *item = str_sub(list, from, end);
  *at = end + 1;
  return true;
}

const source *pattern_source(arena *a, const char *option, str text) {
  source *s = arena_new(a, source);
  *s = (source){.path = str_of(option), .text = text};
  return s;
}

/* Compiling */

static void *arena_give(size_t size, void *memory) {
  return arena_alloc(memory, size);
}

static void arena_keep(void *bytes, void *memory) {
  (void)bytes, (void)memory;
}

static span place(const struct pattern_code *c, size_t start, size_t end) {
  return (span){c->source, (uint32_t)start, (uint32_t)end};
}

static str message(const struct pattern_code *c, int error) {
  char text[MESSAGE_SIZE] = "";
  pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof text);
  return str_copy(c->arena, str_of(text));
}

static str expression(const struct pattern_code *c) {
  return str_sub(c->source->text, c->from, c->end);
}

static pcre2_code *compile(const struct pattern_code *c, uint32_t options, int *error, size_t *at) {
  pcre2_compile_context *limits = pcre2_compile_context_create(c->memory);
  str text = expression(c);
  pcre2_set_max_pattern_length(limits, LENGTH_LIMIT);
  pcre2_code *code = pcre2_compile(units(text), text.len, options | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, error, at, limits);
  pcre2_compile_context_free(limits);
  return code;
}

static bool code_init(struct pattern_code *c) {
  int error = 0;
  size_t at = 0;
  c->memory = pcre2_general_context_create(arena_give, arena_keep, c->arena);
  c->code = compile(c, PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &at);
  if (c->code == NULL) {
    diag_error(c->diag, place(c, c->from + at, c->from + at + 1), "bad pattern: %.*s", STR_ARG(message(c, error)));
    return false;
  }
  (void)pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE); /* where that is not allowed, the interpreter matches */
  c->limits = pcre2_match_context_create(c->memory);
  pcre2_set_match_limit(c->limits, STEP_LIMIT);
  pcre2_set_depth_limit(c->limits, DEPTH_LIMIT);
  pcre2_set_heap_limit(c->limits, HEAP_LIMIT);
  c->match = pcre2_match_data_create_from_pattern(c->code, c->memory);
  return true;
}

bool pattern_init(pattern *p, const source *s, size_t from, size_t end, arena *a, diag *d) {
  span all = {s, (uint32_t)from, (uint32_t)end};
  *p = (pattern){.text = str_sub(s->text, from, end)};
  if (!str_starts_with(p->text, "/"))
    return true;
  if (p->text.len < 2 || pattern_end(p->text, 0, '\0') != p->text.len - 1) {
    diag_error(d, all, "pattern has no '/' at its end");
    return false;
  }
  if (p->text.len == 2) {
    diag_error(d, all, "pattern is empty");
    return false;
  }
  struct pattern_code *c = arena_new(a, struct pattern_code);
  *c = (struct pattern_code){.arena = a, .diag = d, .source = s, .from = from + 1, .end = end - 1};
  p->code = c;
  return code_init(c);
}

void pattern_release(pattern *p) {
  if (p->code != NULL)
    pcre2_code_free(p->code->code); /* and its machine code; NULL is fine */
  p->code = NULL;
}

/* Matching */

static pattern_answer report(const struct pattern_code *c, int error, str name) {
  span all = place(c, c->from - 1, c->end + 1);
  switch (error) {
  case PCRE2_ERROR_MATCHLIMIT:
    diag_error(c->diag, all, "pattern takes too many steps on '%.*s'", STR_ARG(name));
    diag_note(c->diag, SPAN_NONE, "repetitions inside repetitions, as in '(a+)+', try every way to share the text out");
    break;
  case PCRE2_ERROR_DEPTHLIMIT:
  case PCRE2_ERROR_HEAPLIMIT:
  case PCRE2_ERROR_RECURSELOOP:
    diag_error(c->diag, all, "pattern nests too deep on '%.*s'", STR_ARG(name));
    break;
  default:
    diag_error(c->diag, all, "pattern fails on '%.*s': %.*s", STR_ARG(name), STR_ARG(message(c, error)));
    break;
  }
  return PATTERN_FAILED;
}

pattern_answer pattern_match(const pattern *p, str name) {
  const struct pattern_code *c = p->code;
  if (c == NULL)
    return str_eq(p->text, name) ? PATTERN_YES : PATTERN_NO;
  int found = pcre2_match(c->code, units(name), name.len, 0, 0, c->match, c->limits);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = pcre2_match(c->code, units(name), name.len, 0, PCRE2_NO_JIT, c->match, c->limits);
  if (found == PCRE2_ERROR_NOMATCH)
    return PATTERN_NO;
  return found > 0 ? PATTERN_YES : report(c, found, name);
}

/* Replacing */

static bool is_replacement_error(int error) {
  return error == PCRE2_ERROR_BADREPLACEMENT || error == PCRE2_ERROR_BADREPESCAPE ||
         error == PCRE2_ERROR_REPMISSINGBRACE || error == PCRE2_ERROR_BADSUBSTITUTION || error == PCRE2_ERROR_NOSUBSTRING;
}

/* `at` is where reading stopped: behind what is wrong. */
static void report_replacement(const struct pattern_code *c, int error, size_t at) {
  diag_error(c->diag, place(c, at - 1, at), "bad replacement: %.*s", STR_ARG(message(c, error)));
}

bool pattern_replace(const pattern *p, str name, size_t at, str *out) {
  const uint32_t options = PCRE2_SUBSTITUTE_EXTENDED | PCRE2_SUBSTITUTE_UNSET_EMPTY | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH |
                           PCRE2_NO_JIT; /* it cannot be asked again when the stack of machine code ends */
  const struct pattern_code *c = p->code;
  str replacement = str_sub(c->source->text, at, c->source->text.len);
  size_t size = name.len + replacement.len + 1;
  int done;
  char *text;
  for (;;) {
    size_t room = size;
    text = arena_alloc(c->arena, room);
    done = pcre2_substitute(c->code, units(name), name.len, 0, options, c->match, c->limits, units(replacement),
                            replacement.len, (PCRE2_UCHAR *)text, &size);
    if (done != PCRE2_ERROR_NOMEMORY || size <= room)
      break;
  }
  if (done > 0) {
    *out = (str){text, size};
    return true;
  }
  if (is_replacement_error(done) && size <= replacement.len)
    report_replacement(c, done, at + size);
  else
    report(c, done, name);
  return false;
}

/* Hints */

static bool finds(const struct pattern_code *c, pcre2_code *code, str name) {
  return pcre2_match(code, units(name), name.len, 0, 0, c->match, c->limits) > 0;
}

void pattern_note_names(const pattern *p, const str_vec *names, diag *d) {
  int error;
  size_t at;
  if (names->count == 0)
    return;
  pcre2_code *code = p->code ? compile(p->code, 0, &error, &at) : NULL;
  for (size_t i = 0; code != NULL && i < names->count; i++) {
    if (!finds(p->code, code, names->items[i]))
      continue;
    diag_note(d, SPAN_NONE, "it matches a part of '%.*s', but a pattern is for whole names; '.*' stands for any text",
              STR_ARG(names->items[i]));
    pcre2_code_free(code);
    return;
  }
  pcre2_code_free(code);
  diag_note(d, SPAN_NONE, "names look like '%.*s'", STR_ARG(names->items[0]));
}
