#ifndef __BINDINGS_W_H
#define __BINDINGS_W_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Names in this file that some headers define as macros. */
#pragma push_macro("errno")
#undef errno
#pragma push_macro("linux")
#undef linux
#pragma push_macro("noreturn")
#undef noreturn
#pragma push_macro("sa_handler")
#undef sa_handler
#pragma push_macro("unix")
#undef unix

#ifdef __cplusplus
extern "C" {
#endif

/** wit: record demo:macros/i#r */
typedef struct demo_macros_i_r_t {
  uint32_t errno;
  bool linux;
  uint8_t assert;
  uint8_t uint8_t_;
  uint8_t after;
  uint8_t witguest_task_;
} demo_macros_i_r_t;

/** wit: variant demo:macros/i#v */
typedef struct demo_macros_i_v_t {
  uint8_t tag;
  union {
    uint8_t noreturn;
    uint32_t sa_handler;
  } val;
} demo_macros_i_v_t;

#define DEMO_MACROS_I_V_NORETURN 0
#define DEMO_MACROS_I_V_SA_HANDLER 1

/** wit: record demo:macros/i#r */
typedef struct exports_demo_macros_i_r_t {
  uint32_t errno;
  bool linux;
  uint8_t assert;
  uint8_t uint8_t_;
  uint8_t after;
  uint8_t witguest_task_;
} exports_demo_macros_i_r_t;

/** wit: variant demo:macros/i#v */
typedef struct exports_demo_macros_i_v_t {
  uint8_t tag;
  union {
    uint8_t noreturn;
    uint32_t sa_handler;
  } val;
} exports_demo_macros_i_v_t;

#define EXPORTS_DEMO_MACROS_I_V_NORETURN 0
#define EXPORTS_DEMO_MACROS_I_V_SA_HANDLER 1

/* Imported: demo:macros/i */

/** wit: import demo:macros/i#f */
uint32_t demo_macros_i_f(demo_macros_i_r_t *errno, demo_macros_i_v_t *unix, uint32_t size_t_, uint64_t n);

/* Exported: demo:macros/i */

/**
 * unix: yours; release with exports_demo_macros_i_v_free().
 * wit:  export demo:macros/i#f
 */
uint32_t exports_demo_macros_i_f(exports_demo_macros_i_r_t *errno, exports_demo_macros_i_v_t *unix,
    uint32_t size_t_, uint64_t n);

void demo_macros_i_v_free(demo_macros_i_v_t *ptr);

void exports_demo_macros_i_v_free(exports_demo_macros_i_v_t *ptr);

#pragma pop_macro("errno")
#pragma pop_macro("linux")
#pragma pop_macro("noreturn")
#pragma pop_macro("sa_handler")
#pragma pop_macro("unix")

#ifdef __cplusplus
}
#endif
#endif
