/*
 * Diag: messages are kept as they come and shown at the end.
 *
 * Showing one takes the line that holds the start of its span, lays it out in terminal columns (tabs, wide and
 * combining characters, control characters made harmless), cuts a window out of a very long line, and draws the carets
 * below.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/diag.h"

#include <string.h>

#include "support/utf8.h"

enum {
  ERROR_LIMIT = 20,
  TAB_STOP = 4,
  WINDOW = 140,       /* columns of source shown at most */
  WINDOW_BEFORE = 60, /* of these, before the caret */
  NAME_LIMIT = 64,    /* bytes of names that diag_nearest looks at */
  CANDIDATE_LIMIT = 10000
};

void diag_init(diag *d, arena *a) {
  *d = (diag){.arena = a, .limit = ERROR_LIMIT};
}

bool diag_failed(const diag *d) {
  return d->errors > 0;
}

static void keep(diag *d, diag_level level, span at, const char *format, va_list args) {
  buf text;
  buf_init(&text, d->arena);
  buf_vprintf(&text, format, args);
  diag_message message = {level, at, buf_str(&text)};
  vec_push(d->arena, &d->messages, message);
}

void diag_error(diag *d, span at, const char *format, ...) {
  d->dropping = d->errors >= d->limit;
  d->errors++;
  if (d->dropping) {
    return;
  }
  va_list args;
  va_start(args, format);
  keep(d, DIAG_ERROR, at, format, args);
  va_end(args);
}

void diag_warning(diag *d, span at, const char *format, ...) {
  d->dropping = false;
  va_list args;
  va_start(args, format);
  keep(d, DIAG_WARNING, at, format, args);
  va_end(args);
}

void diag_note(diag *d, span at, const char *format, ...) {
  if (d->dropping) {
    return;
  }
  va_list args;
  va_start(args, format);
  keep(d, DIAG_NOTE, at, format, args);
  va_end(args);
}

/* Positions */

typedef struct place {
  uint32_t line, column;
  str text;     /* the line, without its end */
  size_t start; /* of the span, in `text`; at most text.len */
  size_t end;   /* of the span, cut at the end of the line */
} place;

/* Bytes that stand at `at`, and what they show: the character, or U+FFFD for bytes that are none. */
static size_t next_character(str s, size_t at, uint32_t *character) {
  size_t length = utf8_decode(s, at, character);
  if (length == 0 || (utf8_is_control(*character) && *character != '\t')) {
    *character = 0xfffd;
  }
  return length == 0 ? 1 : length;
}

static place place_of(span at) {
  str all = at.source->text;
  size_t start = at.start < all.len ? at.start : all.len;
  size_t end = at.end < all.len ? at.end : all.len;
  place p = {.line = 1, .column = 1};
  size_t line = 0;
  for (size_t next; (next = str_find(all, '\n', line)) < start; line = next + 1) {
    p.line++;
  }
  size_t line_end = str_find(all, '\n', line);
  p.text = str_sub(all, line, line_end);
  if (p.text.len > 0 && p.text.ptr[p.text.len - 1] == '\r') {
    p.text.len--;
  }
  p.start = start - line < p.text.len ? start - line : p.text.len;
  p.end = end - line < p.text.len ? end - line : p.text.len;
  uint32_t ignored;
  for (size_t i = 0; i < p.start; i += next_character(p.text, i, &ignored)) {
    p.column++;
  }
  return p;
}

void diag_position(span at, uint32_t *line, uint32_t *column) {
  place p = place_of(at);
  *line = p.line;
  *column = p.column;
}

/* Printing */

typedef struct style {
  const char *bold, *error, *warning, *note, *caret, *off;
} style;

static const style plain = {"", "", "", "", "", ""};
static const style coloured = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

static unsigned width_at(uint32_t character, size_t column) {
  return character == '\t' ? TAB_STOP - (unsigned)(column % TAB_STOP) : utf8_width(character);
}

/* Text from the input, with control characters made visible. */
static void print_clean(FILE *out, str text) {
  for (size_t i = 0; i < text.len;) {
    uint32_t character;
    size_t length = utf8_decode(text, i, &character);
    if (length > 0 && utf8_is_control(character)) {
      fputs("\xef\xbf\xbd", out);
    } else {
      fwrite(text.ptr + i, 1, length == 0 ? 1 : length, out);
    }
    i += length == 0 ? 1 : length;
  }
}

static void print_repeated(FILE *out, char c, size_t count) {
  for (; count > 0; count--) {
    fputc(c, out);
  }
}

typedef struct columns {
  size_t caret, caret_end, line_end; /* of a long line, only what may be shown counts */
} columns;

static columns columns_of(const place *p) {
  columns c = {0, 0, 0};
  size_t column = 0;
  for (size_t i = 0; i < p->text.len && (i <= p->start || column <= c.caret + 2 * WINDOW);) {
    uint32_t character;
    c.caret = i <= p->start ? column : c.caret;
    size_t length = next_character(p->text, i, &character);
    column += width_at(character, column);
    i += length;
    c.caret_end = i <= p->end ? column : c.caret_end;
  }
  c.line_end = column;
  if (p->start >= p->text.len) {
    c.caret = column;
  }
  if (c.caret_end <= c.caret) {
    c.caret_end = c.caret + 1;
  }
  return c;
}

/* The part of the line between two columns. */
static void print_window(FILE *out, str line, size_t from, size_t to) {
  size_t column = 0;
  for (size_t i = 0; i < line.len && column < to;) {
    uint32_t character;
    size_t length = next_character(line, i, &character);
    unsigned width = width_at(character, column);
    if (column < from) {
      size_t overlap = column + width > from ? column + width - from : 0;
      print_repeated(out, ' ', overlap); /* half of a wide character, or of a tab */
    } else if (character == '\t') {
      print_repeated(out, ' ', width);
    } else if (character == 0xfffd) {
      fputs("\xef\xbf\xbd", out);
    } else {
      fwrite(line.ptr + i, 1, length, out);
    }
    column += width;
    i += length;
  }
}

static void print_snippet(FILE *out, const place *p, const style *s) {
  columns c = columns_of(p);
  size_t from = 0, to = c.line_end;
  if (c.line_end > WINDOW) {
    from = c.caret > WINDOW_BEFORE ? c.caret - WINDOW_BEFORE : 0;
    to = from + WINDOW < c.line_end ? from + WINDOW : c.line_end;
  }
  const char *before = from > 0 ? "..." : "", *after = to < c.line_end ? "..." : "";
  size_t caret_end = c.caret_end < to || c.caret >= to ? c.caret_end : to;
  fprintf(out, "%5u | %s", p->line, before);
  print_window(out, p->text, from, to);
  fprintf(out, "%s\n      | ", after);
  print_repeated(out, ' ', strlen(before) + c.caret - from);
  fputs(s->caret, out);
  print_repeated(out, '^', caret_end - c.caret);
  fprintf(out, "%s\n", s->off);
}

static void print_message(FILE *out, const diag_message *m, const style *s) {
  const char *const names[] = {"error", "warning", "note"};
  const char *const colours[] = {s->error, s->warning, s->note};
  fputs(s->bold, out);
  place p = {0};
  if (m->at.source == NULL) {
    fputs("witgen: ", out);
  } else {
    p = place_of(m->at);
    print_clean(out, m->at.source->path);
    fprintf(out, ":%u:%u: ", p.line, p.column);
  }
  fprintf(out, "%s%s%s:%s ", s->off, colours[m->level], names[m->level], s->off);
  print_clean(out, m->text);
  fputc('\n', out);
  if (m->at.source != NULL) {
    print_snippet(out, &p, s);
  }
}

void diag_print(const diag *d, FILE *out, bool color) {
  const style *s = color ? &coloured : &plain;
  for (size_t i = 0; i < d->messages.count; i++) {
    print_message(out, &d->messages.items[i], s);
  }
  if (d->errors > d->limit) {
    fprintf(out, "witgen: %zu more error%s not shown\n", d->errors - d->limit, d->errors - d->limit == 1 ? "" : "s");
  }
}

/* Suggestions */

typedef unsigned char distance_row[NAME_LIMIT + 1];

static unsigned char smaller(unsigned a, unsigned b) {
  return (unsigned char)(a < b ? a : b);
}

/* Inserted, removed, changed and swapped neighbouring bytes between two names of at most NAME_LIMIT bytes. */
static unsigned edit_distance(str a, str b) {
  distance_row rows[3];
  unsigned char *before = rows[0], *last = rows[1], *row = rows[2];
  for (size_t j = 0; j <= b.len; j++) {
    last[j] = (unsigned char)j;
  }
  for (size_t i = 1; i <= a.len; i++) {
    row[0] = (unsigned char)i;
    for (size_t j = 1; j <= b.len; j++) {
      unsigned changed = last[j - 1] + (a.ptr[i - 1] == b.ptr[j - 1] ? 0U : 1U);
      row[j] = smaller(changed, smaller(last[j], row[j - 1]) + 1U);
      if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1]) {
        row[j] = smaller(row[j], before[j - 2] + 1U);
      }
    }
    unsigned char *free_row = before;
    before = last;
    last = row;
    row = free_row;
  }
  return last[b.len];
}

str diag_nearest(str wanted, const str *candidates, size_t count) {
  str nearest = {0};
  if (wanted.len == 0 || wanted.len > NAME_LIMIT) {
    return nearest;
  }
  size_t allowed = wanted.len < 3 ? 1 : (wanted.len + 2) / 3;
  for (size_t i = 0; i < count && i < CANDIDATE_LIMIT; i++) {
    str candidate = candidates[i];
    size_t gap = candidate.len > wanted.len ? candidate.len - wanted.len : wanted.len - candidate.len;
    if (candidate.len == 0 || candidate.len > NAME_LIMIT || gap > allowed) {
      continue;
    }
    unsigned distance = edit_distance(wanted, candidate);
    if (distance <= allowed && distance < wanted.len) {
      nearest = candidate;
      allowed = distance - (distance > 0);
      if (distance == 0) {
        break;
      }
    }
  }
  return nearest;
}
