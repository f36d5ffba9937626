/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Leaks on purpose, to show that the check of the heap can fail: its argument is never freed. */
#include "guest.h"
#include "rt.h"

void exports_guest_lose(guest_string_t *s) { (void)s; }
uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }
