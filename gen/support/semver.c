/*
 * Semver: a cursor over `major.minor.patch[-pre][+build]`, and the ordering rules of semver.org section 11.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/semver.h"

#include <inttypes.h>

typedef struct cursor {
  str text;
  size_t at;
  const char *why;
} cursor;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_identifier_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

static bool all_digits(str s) {
  for (size_t i = 0; i < s.len; i++) {
    if (!is_digit(s.ptr[i])) {
      return false;
    }
  }
  return true;
}

static bool fail(cursor *c, const char *why) {
  c->why = why;
  return false;
}

static bool eat(cursor *c, char wanted) {
  if (c->at < c->text.len && c->text.ptr[c->at] == wanted) {
    c->at++;
    return true;
  }
  return false;
}

static bool parse_number(cursor *c, uint64_t *out) {
  size_t start = c->at;
  uint64_t value = 0;
  for (; c->at < c->text.len && is_digit(c->text.ptr[c->at]); c->at++) {
    unsigned digit = (unsigned)(c->text.ptr[c->at] - '0');
    if (value > (UINT64_MAX - digit) / 10) {
      return fail(c, "version number does not fit in 64 bits");
    }
    value = value * 10 + digit;
  }
  if (c->at == start) {
    return fail(c, "version needs three numbers: major.minor.patch");
  }
  if (c->at - start > 1 && c->text.ptr[start] == '0') {
    return fail(c, "version number has a leading zero");
  }
  *out = value;
  return true;
}

/* Dot-separated identifiers; numeric ones without leading zeros where `strict`. */
static bool parse_identifiers(cursor *c, bool strict, str *out) {
  size_t start = c->at;
  do {
    size_t part = c->at;
    while (c->at < c->text.len && is_identifier_char(c->text.ptr[c->at])) {
      c->at++;
    }
    str identifier = str_sub(c->text, part, c->at);
    if (identifier.len == 0) {
      return fail(c, "version has an empty pre-release or build identifier");
    }
    if (strict && identifier.len > 1 && identifier.ptr[0] == '0' && all_digits(identifier)) {
      return fail(c, "pre-release number has a leading zero");
    }
  } while (eat(c, '.'));
  *out = str_sub(c->text, start, c->at);
  return true;
}

static bool parse_all(cursor *c, semver *out) {
  if (!parse_number(c, &out->major)) {
    return false;
  }
  if (!eat(c, '.') || !parse_number(c, &out->minor) || !eat(c, '.') || !parse_number(c, &out->patch)) {
    return c->why != NULL ? false : fail(c, "version needs three numbers: major.minor.patch");
  }
  if (eat(c, '-') && !parse_identifiers(c, true, &out->pre)) {
    return false;
  }
  if (eat(c, '+') && !parse_identifiers(c, false, &out->build)) {
    return false;
  }
  return c->at == c->text.len || fail(c, "unexpected character in version");
}

bool semver_parse(str text, semver *out, const char **why) {
  cursor c = {.text = text};
  *out = (semver){0};
  if (parse_all(&c, out)) {
    return true;
  }
  *why = c.why;
  return false;
}

static int compare_numbers(uint64_t a, uint64_t b) {
  return (a > b) - (a < b);
}

static str without_zeros(str s) {
  size_t from = 0;
  while (from < s.len && s.ptr[from] == '0') {
    from++;
  }
  return str_sub(s, from, s.len);
}

/* Numbers by value, words by bytes, numbers before words. */
static int compare_identifiers(str a, str b) {
  bool a_number = all_digits(a), b_number = all_digits(b);
  if (a_number != b_number) {
    return a_number ? -1 : 1;
  }
  if (!a_number) {
    return str_compare(a, b);
  }
  str a_value = without_zeros(a), b_value = without_zeros(b);
  int order = compare_numbers(a_value.len, b_value.len);
  order = order != 0 ? order : str_compare(a_value, b_value);
  return order != 0 ? order : compare_numbers(a.len, b.len);
}

static int compare_lists(str a, str b) {
  size_t i = 0, j = 0;
  while (i < a.len && j < b.len) {
    size_t i_end = str_find(a, '.', i), j_end = str_find(b, '.', j);
    int order = compare_identifiers(str_sub(a, i, i_end), str_sub(b, j, j_end));
    if (order != 0) {
      return order;
    }
    i = i_end + 1;
    j = j_end + 1;
  }
  return (i < a.len) - (j < b.len);
}

int semver_compare(const semver *a, const semver *b) {
  int order = compare_numbers(a->major, b->major);
  order = order != 0 ? order : compare_numbers(a->minor, b->minor);
  order = order != 0 ? order : compare_numbers(a->patch, b->patch);
  if (order == 0 && (a->pre.len == 0) != (b->pre.len == 0)) {
    order = a->pre.len == 0 ? 1 : -1; /* a release comes after its pre-releases */
  }
  order = order != 0 ? order : compare_lists(a->pre, b->pre);
  return order != 0 ? order : compare_lists(a->build, b->build);
}

bool semver_same_track(const semver *a, const semver *b) {
  if (a->major != b->major || a->major > 0) {
    return a->major == b->major;
  }
  return a->minor == b->minor && (a->minor > 0 || a->patch == b->patch);
}

str semver_text(arena *a, const semver *v) {
  buf b;
  buf_init(&b, a);
  buf_printf(&b, "%" PRIu64 ".%" PRIu64 ".%" PRIu64, v->major, v->minor, v->patch);
  if (v->pre.len > 0) {
    buf_add_byte(&b, '-');
    buf_add(&b, v->pre);
  }
  if (v->build.len > 0) {
    buf_add_byte(&b, '+');
    buf_add(&b, v->build);
  }
  return buf_str(&b);
}
