/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * All that the sample hello-async needs in order to be serial; its guest.c is linked as it is.
 */
#include <witguest/serial.h>

#include "hello.h"

WITGUEST_SERIAL(exports_demo_hello_greeter_greet, (hello_string_t *name, uint32_t milliseconds), (name, milliseconds), hello)
