#ifndef __BINDINGS_STRING_H
#define __BINDINGS_STRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text in UTF-8: `len` counts bytes; there is no terminator. */
typedef struct string_string_t {
  uint8_t *ptr;
  size_t len;
} string_string_t;

/* Imported: string */

/**
 * s:   stays yours.
 * wit: import f
 */
void string_f(string_string_t *s);

/** Makes `ret` refer to `s`, which ends in a zero byte, without copying: not to be freed. */
void string_string_set(string_string_t *ret, const char *s);

/** Copies `s`, which ends in a zero byte. release: string_string_free() */
void string_string_dup(string_string_t *ret, const char *s);

/** Copies `len` bytes. release: string_string_free() */
void string_string_dup_n(string_string_t *ret, const char *s, size_t len);

/** Frees the text and leaves an empty one. */
void string_string_free(string_string_t *ret);

#ifdef __cplusplus
}
#endif
#endif
