/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Serial mode for guests whose source is not to be changed: for each async export one line in a file of its own, and two flags for
 * the linker, put the library around what the guest defines. While a call is in the instance the host lets in no other one.
 *
 *   #include <witguest/serial.h>
 *   #include "hello.h"
 *   WITGUEST_SERIAL(exports_demo_hello_greeter_greet, (hello_string_t *name, uint32_t milliseconds), (name, milliseconds), hello)
 *
 *   clang --target=wasm32-wasi -mexec-model=reactor guest.c serial.c hello.c -lwitguest-serial
 *     -Wl,--wrap=exports_demo_hello_greeter_greet -Wl,--wrap=exports_demo_hello_greeter_greet_callback
 *
 * With the other libraries this does nothing. Sync-typed functions are never held back: the component model lets them in always.
 */
#ifndef WITGUEST_SERIAL_H
#define WITGUEST_SERIAL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A call begins; `code`, which its export or its callback returned, may be its end. Returns `code`. */
void witguest_serial_begin(void);
uint32_t witguest_serial_next(uint32_t code);

/* function: as declared in the world's header, with its parameters, and their names again; world: its name in C. */
#define WITGUEST_SERIAL(function, parameters, arguments, world)                \
  uint32_t __real_##function parameters;                                       \
  uint32_t __real_##function##_callback(world##_event_t *event);               \
  uint32_t __wrap_##function parameters;                                       \
  uint32_t __wrap_##function##_callback(world##_event_t *event);               \
  uint32_t __wrap_##function parameters {                                      \
    witguest_serial_begin();                                                   \
    return witguest_serial_next(__real_##function arguments);                  \
  }                                                                            \
  uint32_t __wrap_##function##_callback(world##_event_t *event) {              \
    return witguest_serial_next(__real_##function##_callback(event));          \
  }

#ifdef __cplusplus
}
#endif
#endif
