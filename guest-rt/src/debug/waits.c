/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What goroutines wait for: a record from before the call to after it. It is found again by its goroutine, which waits for one thing
 * at a time.
 */
#include "record.h"

#include "../go/go.h"

void witguest_debug_wait(const char *what, const char *file, int line) {
  witguest__record *r = witguest__record_wait(what, file, line);
  r->arg = witguest__go_running();
  r->is_call = true;
}

uint32_t witguest_debug_waited_code(uint32_t code) {
  const witguest__goroutine *g = witguest__go_running();
  witguest__record *last = NULL;
  for (witguest__record *r = witguest__records(); r; r = r->next)
    if (r->is_call && r->arg == g) last = r;
  if (last) witguest__record_free(last);
  return code;
}

int witguest_debug_waited(int status) { return (int)witguest_debug_waited_code((uint32_t)status); }
