/*
 * Names: spelling, reserved words, and who has claimed which name. The mapping is stated in names.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/names.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by byte order, for bsearch. */
static const char *const reserved_words[] = {
    "alignas",       "alignof",      "and",           "and_eq",          "asm",
    "atomic_cancel", "atomic_commit", "atomic_noexcept", "auto",         "bitand",
    "bitor",         "bool",         "break",         "case",            "catch",
    "char",          "char16_t",     "char32_t",      "char8_t",         "class",
    "co_await",      "co_return",    "co_yield",      "compl",           "concept",
    "const",         "const_cast",   "consteval",     "constexpr",       "constinit",
    "continue",      "contract_assert", "decltype",   "default",         "delete",
    "do",            "double",       "dynamic_cast",  "else",            "enum",
    "err",           "explicit",     "export",        "extern",          "false",
    "float",         "for",          "friend",        "goto",            "if",
    "inline",        "int",          "long",          "mutable",         "namespace",
    "new",           "noexcept",     "not",           "not_eq",          "nullptr",
    "operator",      "or",           "or_eq",         "private",         "protected",
    "public",        "reflexpr",     "register",      "reinterpret_cast", "requires",
    "restrict",      "ret",          "return",        "short",           "signed",
    "sizeof",        "static",       "static_assert", "static_cast",     "stderr",
    "stdin",         "stdout",       "struct",        "switch",          "synchronized",
    "template",      "this",         "thread_local",  "throw",           "true",
    "try",           "typedef",      "typeid",        "typename",        "typeof",
    "typeof_unqual", "union",        "unsigned",      "using",           "virtual",
    "void",          "volatile",     "wchar_t",       "while",           "xor",
    "xor_eq",
};

/* Names with a '_' inside that headers of the output declare; others cannot be met by a joined name. */
static const char *const header_names[] = {
    "aligned_alloc",  "at_quick_exit",  "cabi_realloc",   "int_fast16_t",   "int_fast32_t",   "int_fast64_t",
    "int_fast8_t",    "int_least16_t",  "int_least32_t",  "int_least64_t",  "int_least8_t",   "max_align_t",
    "posix_memalign", "quick_exit",     "uint_fast16_t",  "uint_fast32_t",  "uint_fast64_t",  "uint_fast8_t",
    "uint_least16_t", "uint_least32_t", "uint_least64_t", "uint_least8_t",
};

static int compare_word(const void *key, const void *item) {
  const char *word = *(const char *const *)item;
  return str_compare(*(const str *)key, str_of(word));
}

static bool is_in(str word, const char *const *words, size_t count) {
  return bsearch(&word, words, count, sizeof *words, compare_word) != NULL;
}

bool names_is_reserved(str word) {
  return is_in(word, reserved_words, sizeof reserved_words / sizeof *reserved_words);
}

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word_char(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }

static char to_lower(char c) { return is_upper(c) ? (char)(c - 'A' + 'a') : c; }
static char to_upper(char c) { return is_lower(c) ? (char)(c - 'a' + 'A') : c; }

bool names_is_identifier(str text) {
  if (text.len == 0 || is_digit(text.ptr[0]))
    return false;
  for (size_t i = 0; i < text.len; i++) {
    if (!is_word_char(text.ptr[i]) && text.ptr[i] != '_')
      return false;
  }
  return true;
}

/*
 * Whether a word begins at byte `i` although no separator stands before it: `fooBar` -> foo|Bar, `XMLFile` -> XML|File.
 * WIT names have no such places; the text of --rename-world can. Digits take the case of the letter before them.
 */
static bool is_case_boundary(str name, size_t i) {
  if (!is_upper(name.ptr[i]))
    return false;
  size_t before = i;
  while (before > 0 && is_digit(name.ptr[before - 1]))
    before--;
  if (before == 0)
    return false;
  if (is_lower(name.ptr[before - 1]))
    return true;
  return is_upper(name.ptr[before - 1]) && i + 1 < name.len && is_lower(name.ptr[i + 1]);
}

static str join_words(arena *a, str name, char (*convert)(char)) {
  char *out = arena_alloc(a, 2 * name.len + 1); /* at most one '_' before each byte, and a NUL byte */
  size_t len = 0;
  bool pending = false;
  for (size_t i = 0; i < name.len; i++) {
    if (!is_word_char(name.ptr[i])) {
      pending = len > 0;
      continue;
    }
    if (pending || is_case_boundary(name, i))
      out[len++] = '_';
    pending = false;
    out[len++] = convert(name.ptr[i]);
  }
  return (str){out, len};
}

str names_snake(arena *a, str name) {
  return join_words(a, name, to_lower);
}

str names_shouty(arena *a, str name) {
  return join_words(a, name, to_upper);
}

bool names_check_world(str name, arena *a, diag *d) {
  bool ok = names_is_identifier(names_snake(a, name));
  if (!ok)
    diag_error(d, SPAN_NONE, "the world's name '%.*s' is no C name", STR_ARG(name));
  return ok;
}

str names_ident(arena *a, str name) {
  str snake = names_snake(a, name);
  return names_is_reserved(snake) ? str_format(a, "%.*s_", STR_ARG(snake)) : snake;
}

const char *names_scalar(type_kind kind) {
  static const char *const spellings[TYPE_PRIMITIVES] = {
      [TYPE_BOOL] = "bool",    [TYPE_U8] = "uint8_t",   [TYPE_U16] = "uint16_t", [TYPE_U32] = "uint32_t",
      [TYPE_U64] = "uint64_t", [TYPE_S8] = "int8_t",    [TYPE_S16] = "int16_t",  [TYPE_S32] = "int32_t",
      [TYPE_S64] = "int64_t",  [TYPE_F32] = "float",    [TYPE_F64] = "double",   [TYPE_CHAR] = "uint32_t",
  };
  return kind < TYPE_PRIMITIVES ? spellings[kind] : NULL;
}

/* Claims */

typedef struct name_claim {
  span at;
  const char *kind;
  str item;
} name_claim;

void name_scope_init(name_scope *s, arena *a, diag *d) {
  s->arena = a;
  s->diag = d;
  table_init(&s->claims, a);
}

void name_scope_release(name_scope *s) {
  table_release(&s->claims);
}

static str claim_text(arena *a, const name_claim *claim) {
  return claim->item.len > 0 ? str_format(a, "%s '%.*s'", claim->kind, STR_ARG(claim->item)) : str_of(claim->kind);
}

/* A word that C, C++ or a header of the output has already; NULL when `name` is free. */
static const char *name_owner(str name) {
  if (names_is_reserved(name))
    return "is a keyword";
  if (is_in(name, header_names, sizeof header_names / sizeof *header_names))
    return "belongs to the standard library";
  return NULL;
}

static void report_claim(name_scope *s, str name, const name_claim *claim, const char *why) {
  str text = claim_text(s->arena, claim);
  diag_error(s->diag, claim->at, "the C name '%.*s' of %.*s %s", STR_ARG(name), STR_ARG(text), why);
}

static void report_clash(name_scope *s, str name, const name_claim *first, const name_claim *second) {
  bool swap = second->at.source == NULL; /* the error is where somebody can change it */
  report_claim(s, name, swap ? first : second, "is taken");
  str text = claim_text(s->arena, swap ? second : first);
  diag_note(s->diag, swap ? second->at : first->at, "%.*s has it", STR_ARG(text));
}

bool name_scope_claim(name_scope *s, str name, span at, const char *kind, str item) {
  name_claim *claim = arena_new(s->arena, name_claim);
  *claim = (name_claim){at, kind, item};
  const name_claim *first = table_add(&s->claims, name, claim);
  const char *foreign = first == NULL ? name_owner(name) : NULL;
  if (first != NULL)
    report_clash(s, name, first, claim);
  else if (foreign != NULL)
    report_claim(s, name, claim, foreign);
  return first == NULL && foreign == NULL;
}

bool name_scope_has(const name_scope *s, str name) {
  return table_get(&s->claims, name) != NULL;
}
