/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Times the guest's loops: lines of "name unit value goal peer_value peer". Linked once with the native library, and once, as
 * PEER, with the one that attributes nothing.
 *
 *   host NAME     one figure
 */
#include <stdio.h>
#include <string.h>

#include "../host/timing.h"
#include "guest_host.h"

typedef struct rig { guest_instance *guest; int (*run)(guest_instance *guest, withost_group *group, uint32_t n); } rig;

static void wait(void *host, withost_call *call) { *(withost_call **)host = call; }

static void stayed(void *user, withost_call *call, int status) { (void)user, (void)call, (void)status; }

static void run(void *user, size_t n) {
  const rig *r = user;
  withost_group group = {.tag = 1};
  if (r->run(r->guest, &group, (uint32_t)n)) __builtin_trap();
}

int main(int argc, char **argv) {
  static const struct { const char *name; int (*run)(guest_instance *, withost_group *, uint32_t); } rows[] = {
    {"scope-same", guest_bench_guest_bench_scope_same},
    {"scope-other", guest_bench_guest_bench_scope_other},
    {"capture", guest_bench_guest_bench_capture},
    {"microtask", guest_bench_guest_bench_microtask},
  };
  withost_call *waits = NULL;
  const guest_imports imports = {.bench_guest_host_wait = wait};
  withost_group other = {.tag = 2};
  withost_store *store;
  rig r;
  if (argc < 2 || withost_store_new(NULL, &store) || guest_instantiate(store, guest_program_wasm2c(), &imports, &waits, &r.guest)) return 1;
  if (guest_bench_guest_bench_stay(r.guest, &other, stayed, NULL, NULL)) return 1;
  for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
    if (strcmp(rows[n].name, argv[1])) continue;
    r.run = rows[n].run;
    printf("%.2f\n", bench_best(run, &r));
  }
  return 0;
}
