/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What WITGUEST_SERIAL puts around exports.
 */
#include <witguest/serial.h>

#include "../mode/mode.h"

void witguest_serial_begin(void) { witguest__mode_export_begins(); }

uint32_t witguest_serial_next(uint32_t code) {
  if ((code & 15) == WITGUEST__EXIT) witguest__mode_export_ends();
  return code;
}
