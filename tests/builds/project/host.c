/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <stdio.h>

#include "service_host.h"

static void line(void *host, withost_call *call, service_string_t text) {
  (void)host, (void)call;
  printf("%.*s: ", (int)text.len, (const char *)text.ptr);
}

int main(void) {
  static const service_imports imports = {.demo_log_log_line = line};
  withost_store *store;
  service_instance *guest;
  service_string_t answer;
  if (withost_store_new(NULL, &store) || service_instantiate(store, service_program_wasm2c(), &imports, NULL, &guest)) return 1;
  if (service_demo_service_greeter_greet(guest, NULL, service_string_of("Ada"), &answer)) return 1;
  printf("%.*s\n", (int)answer.len, (const char *)answer.ptr);
  service_string_free(&answer);
  return withost_store_close(store);
}
