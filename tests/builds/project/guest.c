/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "service.h"

void exports_demo_service_greeter_greet(service_string_t *name, service_string_t *ret) {
  demo_log_log_line(name);
  service_string_dup(ret, "hello");
  service_string_free(name);
}
