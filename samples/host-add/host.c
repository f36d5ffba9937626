/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdio.h>

#include "adder_host.h"

int main(void) {
  static const adder_imports imports = {0};
  withost_store *store;
  adder_instance *guest;
  uint32_t sum = 0;
  int error = withost_store_new(NULL, &store);
  if (!error) error = adder_instantiate(store, adder_program_wasm2c(), &imports, NULL, &guest);
  if (!error) error = adder_add(guest, NULL, 1, 2, &sum);
  if (error) {
    fprintf(stderr, "%s: %s\n", withost_error_text(error), withost_store_message(store));
    return 1;
  }
  printf("1 + 2 = %u\n", (unsigned)sum);
  return withost_store_close(store);
}
