/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Texts of errors.
 */
#include <witguest/task.h>

const char *witguest_error_text(int error) {
  switch (error) {
    case WITGUEST_OK: return "no error";
#define CASE(name, value, text) case value: return text;
    WITGUEST_ERRORS(CASE)
#undef CASE
    default: return "unknown error";
  }
}
