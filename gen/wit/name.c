/*
 * Name: judges each word of a name, and where one is refused, guesses the name that was meant.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/name.h"

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
  return is_upper(c) || is_lower(c);
}

/* A message must stay readable when the name is a megabyte. */
static str shown_name(str name) {
  enum { SHOWN = 64 };
  size_t length = name.len < SHOWN ? name.len : SHOWN;
  while (length > 0 && length < name.len && ((unsigned char)name.ptr[length] & 0xc0) == 0x80) {
    length--;
  }
  return str_sub(name, 0, length);
}

/* What `name` may have been meant to be: `fooBar` and `foo_bar` as `foo-bar`; empty when that is no name either. */
static str hyphenated(str name, arena *a) {
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    bool is_word = is_letter(c) || is_digit(c);
    bool starts = is_upper(c) && i > 0 && !is_upper(name.ptr[i - 1]);
    if ((!is_word || starts) && b.count > 0 && b.items[b.count - 1] != '-') {
      buf_add_byte(&b, '-');
    }
    if (is_word) {
      buf_add_byte(&b, is_upper(c) ? (char)(c | 0x20) : c);
    } else if (c != '-' && c != '_') {
      return (str){0};
    }
  }
  str made = buf_str(&b);
  return made.len > 0 && made.ptr[made.len - 1] == '-' ? str_sub(made, 0, made.len - 1) : made;
}

static bool refuse_name(str name, span at, diag *d, const char *why) {
  str shown = shown_name(name);
  str meant = name.len == shown.len ? hyphenated(name, d->arena) : (str){0};
  bool useful = meant.len > 0 && is_letter(meant.ptr[0]) && !str_eq(meant, name);
  const char *hint = useful ? str_format(d->arena, "; did you mean '%.*s'?", STR_ARG(meant)).ptr : "";
  diag_error(d, at, "'%.*s%s' is not a name: %s%s", STR_ARG(shown), shown.len < name.len ? "..." : "", why, hint);
  return false;
}

/* What is wrong with one word of a name, or NULL. */
static const char *judge_word(str word, bool is_first) {
  if (word.len == 0) {
    return "a word between hyphens is missing";
  }
  if (is_first && !is_letter(word.ptr[0])) {
    return "it must start with a letter from a to z";
  }
  bool upper = false, lower = false;
  for (size_t i = 0; i < word.len; i++) {
    char c = word.ptr[i];
    if (!is_letter(c) && !is_digit(c)) {
      return "names are ASCII letters and digits, with hyphens between words";
    }
    upper = upper || is_upper(c);
    lower = lower || is_lower(c);
  }
  return upper && lower ? "a word is either all lower case or all upper case" : NULL;
}

bool name_check(str name, span at, diag *d) {
  if (name.len == 0) {
    return refuse_name(name, at, d, "it is empty");
  }
  size_t start = 0;
  for (;;) {
    size_t hyphen = str_find(name, '-', start);
    const char *why = judge_word(str_sub(name, start, hyphen), start == 0);
    if (why != NULL) {
      return refuse_name(name, at, d, why);
    }
    if (hyphen >= name.len) {
      return true;
    }
    start = hyphen + 1;
  }
}
