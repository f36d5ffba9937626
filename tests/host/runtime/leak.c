/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest that leaks on purpose, to show that the checks of the guest's heap and memory can fail on this host too.
 */
#include "guest.h"

static void open(case_run *c) {
  static const guest_imports imports = {0};
  guest_open(c, &imports);
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  uint32_t before = 0, after = 0;
  case_called(c, guest_heap(guest, NULL, &before), "heap");
  case_called(c, guest_lose(guest, NULL, guest_string_of("text")), "lose");
  case_called(c, guest_heap(guest, NULL, &after), "heap");
  case_equal(c, after, before + 1, "what is lost is counted");
}

int main(void) {
  return case_main(&(case_plan){
    .name = "leak", .worlds = {CASE_WORLD(guest)}, .open = open, .round = round_of_calls,
    .fails = {"the guest's heap is back at its baseline", "the guest's memory has not grown"}});
}
