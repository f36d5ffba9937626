#ifndef __BINDINGS_NEW_NAME_H
#define __BINDINGS_NEW_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text in UTF-8: `len` counts bytes; there is no terminator. */
typedef struct new_name_string_t {
  uint8_t *ptr;
  size_t len;
} new_name_string_t;

/**
 * release: other_r_free()
 * wit:     record demo:clash/i#r
 */
typedef struct other_r_t {
  new_name_string_t a;
} other_r_t;

/**
 * release: exports_other_r_free()
 * wit:     record demo:clash/i#r
 */
typedef struct exports_other_r_t {
  new_name_string_t a;
} exports_other_r_t;

/* Imported: demo:clash/i */

/**
 * r:   stays yours.
 * wit: import demo:clash/i#f
 */
void other_f(other_r_t *r);

/* Exported: demo:clash/i */

/**
 * r:   yours; release with exports_other_r_free().
 * wit: export demo:clash/i#f
 */
void exports_other_f(exports_other_r_t *r);

void other_r_free(other_r_t *ptr);

void exports_other_r_free(exports_other_r_t *ptr);

/** Makes `ret` refer to `s`, which ends in a zero byte, without copying: not to be freed. */
void new_name_string_set(new_name_string_t *ret, const char *s);

/** Copies `s`, which ends in a zero byte. release: new_name_string_free() */
void new_name_string_dup(new_name_string_t *ret, const char *s);

/** Copies `len` bytes. release: new_name_string_free() */
void new_name_string_dup_n(new_name_string_t *ret, const char *s, size_t len);

/** Frees the text and leaves an empty one. */
void new_name_string_free(new_name_string_t *ret);

#ifdef __cplusplus
}
#endif
#endif
