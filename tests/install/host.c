/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdio.h>

#include "echo_host.h"

static void echoed(void *user, withost_call *call, int status, const uint32_t *n) {
  (void)call;
  *(uint32_t *)user = status ? 0 : *n;
}

int main(void) {
  static const echo_imports imports = {0};
  withost_store *store;
  echo_instance *guest;
  uint32_t result = 0;
  if (withost_store_new(NULL, &store) || echo_instantiate(store, echo_program_wasm2c(), &imports, NULL, &guest)) return 1;
  if (echo_echo(guest, NULL, 42, echoed, &result, NULL)) return 1;
  while (withost_store_run(store) > 0) {}
  printf("%u\n", (unsigned)result);
  return withost_store_close(store);
}
