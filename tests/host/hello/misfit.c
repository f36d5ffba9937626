/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest on wasm2c that lacks what its exports need is refused before anything of it runs. What it imports, and types, the
 * C compiler has checked.
 */
#include <stdio.h>
#include <string.h>

#include "hello_host.h"

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

int main(void) {
  static const hello_imports imports = {0};
  withost_store *store;
  hello_instance *guest;
  withost_store_new(NULL, &store);
  check(hello_instantiate(store, hello_program_wasm2c(), &imports, NULL, &guest) == WITHOST_ELINK && !guest, "no callback: ELINK");
  check(!strcmp(withost_store_message(store),
                "the guest does not fit world demo:hello/hello: export demo:hello/greeter#greet has no callback: the guest does "
                "not export `[callback][async-lift]demo:hello/greeter#greet`"), "the message names it");
  check(withost_store_close(store) == WITHOST_OK, "close");
  printf("1..%d\n", number);
  return failures != 0;
}
