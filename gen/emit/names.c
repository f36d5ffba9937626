/*
 * Names: spelling, reserved words, and who has claimed which name. The mapping is stated in names.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/names.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "emit/names_libc.h"

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

/* Types that the output uses: a member or parameter of that name would hide them from those behind it. */
static const char *const used_types[] = {
    "int16_t", "int32_t", "int64_t", "int8_t", "size_t", "uint16_t", "uint32_t", "uint64_t", "uint8_t",
};

/* In byte order. Most words differ in their first letters, and there are thousands of questions a run. */
static int compare_word(const void *key, const void *item) {
  const str *wanted = key;
  const char *word = *(const char *const *)item;
  size_t i = 0;
  while (i < wanted->len && word[i] && wanted->ptr[i] == word[i])
    i++;
  unsigned char ours = i < wanted->len ? (unsigned char)wanted->ptr[i] : 0, theirs = (unsigned char)word[i];
  return (ours > theirs) - (ours < theirs);
}

static bool is_in(str word, const char *const *words, size_t count) {
  return bsearch(&word, words, count, sizeof *words, compare_word) != NULL;
}

bool names_is_reserved(str word) {
  return is_in(word, reserved_words, sizeof reserved_words / sizeof *reserved_words);
}

bool names_is_macro(str word) {
  return is_in(word, libc_macros, sizeof libc_macros / sizeof *libc_macros);
}

bool names_is_header(str word) {
  return is_in(word, libc_headers, sizeof libc_headers / sizeof *libc_headers);
}

static bool needs_escape(str word) {
  return names_is_reserved(word) || is_in(word, used_types, sizeof used_types / sizeof *used_types) ||
         str_starts_with(word, "witguest_") || str_starts_with(word, "withost_");
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

bool names_is_public(str identifier) {
  char before = '_';
  for (size_t i = 0; i < identifier.len; i++) {
    if (identifier.ptr[i] == '_' && before == '_')
      return false;
    before = identifier.ptr[i];
  }
  return before != '_';
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
  return needs_escape(snake) ? str_format(a, "%.*s_", STR_ARG(snake)) : snake;
}

str names_ident_on_host(arena *a, str name) {
  str ident = names_ident(a, name);
  return names_is_macro(ident) ? str_format(a, "%.*s_", STR_ARG(ident)) : ident;
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
  bool is_builtin; /* of the templates, which mention a name more than once */
  bool is_known;   /* to clash with a built-in: said once */
} name_claim;

void name_scope_init(name_scope *s, arena *a, diag *d) {
  s->arena = a;
  s->diag = d;
  s->library = "";
  s->refused_builtin = false;
  table_init(&s->claims, a);
}

void name_scope_release(name_scope *s) {
  table_release(&s->claims);
}

static str claim_text(arena *a, const name_claim *claim) {
  return claim->item.len > 0 ? str_format(a, "%s '%.*s'", claim->kind, STR_ARG(claim->item)) : str_of(claim->kind);
}

static bool is_of_library(str name, const char *library) {
  size_t len = strlen(library);
  return len > 0 && name.len > len && name.ptr[len] == '_' && strncasecmp(name.ptr, library, len) == 0;
}

/* Why C, C++ or a library of the output has the name already; NULL when it is free. */
static const char *name_owner(const name_scope *s, str name) {
  if (names_is_reserved(name))
    return "is a keyword";
  if (is_in(name, libc_names, sizeof libc_names / sizeof *libc_names))
    return "belongs to the standard library";
  if (is_of_library(name, s->library))
    return str_format(s->arena, "belongs to lib%s", s->library).ptr;
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

/* The claim that was there before; a new one must not be foreign: that is reported at `at`. */
static name_claim *add_claim(name_scope *s, str name, const name_claim *wanted, span at, bool *foreign) {
  name_claim *claim = arena_new(s->arena, name_claim);
  *claim = *wanted;
  name_claim *first = table_add(&s->claims, name, claim);
  const char *why = first == NULL ? name_owner(s, name) : NULL;
  *foreign = why != NULL;
  if (*foreign)
    report_claim(s, name, &(name_claim){.at = at, .kind = wanted->kind, .item = wanted->item}, why);
  return first;
}

bool name_scope_claim(name_scope *s, str name, span at, const char *kind, str item) {
  bool foreign;
  const name_claim claim = {.at = at, .kind = kind, .item = item}, *first = add_claim(s, name, &claim, at, &foreign);
  if (first != NULL)
    report_clash(s, name, first, &claim);
  return first == NULL && !foreign;
}

void name_scope_claim_builtin(name_scope *s, str name, span of, const char *kind) {
  bool foreign;
  const name_claim claim = {.kind = kind, .is_builtin = true};
  if (s->refused_builtin) /* the others are wrong the same way */
    return;
  name_claim *first = add_claim(s, name, &claim, of, &foreign);
  s->refused_builtin = foreign;
  if (first == NULL || first->is_builtin || first->is_known)
    return;
  first->is_known = true;
  report_clash(s, name, first, &claim);
}

void name_scope_check_hidden(name_scope *s, str name, span at, const char *kind, str item) {
  const name_claim *first = table_get(&s->claims, name), claim = {.at = at, .kind = kind, .item = item};
  if (first != NULL)
    report_clash(s, name, first, &claim);
}

bool name_scope_has(const name_scope *s, str name) {
  return table_get(&s->claims, name) != NULL;
}
