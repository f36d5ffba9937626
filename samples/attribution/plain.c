/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The proxy as one would write it without thinking of other requests: every call waits for its result (witgen --sync all). So there
 * is one request at a time, and nothing to attribute. It is linked with libwitguest-serial.a, which tells hosts so.
 */
#include <stdio.h>
#include <stdlib.h>

#include <witguest/task.h>

#include "proxy_world.h"

void exports_demo_proxy_proxy_handle(uint32_t number, proxy_world_string_t *path, proxy_world_string_t *ret) {
  proxy_world_string_t page, ad, ad_path = {(uint8_t *)"/ad", 3};
  char *text;
  if (witguest_mode != WITGUEST_SERIAL) abort();
  demo_proxy_backend_fetch(number, path, &page);
  demo_proxy_backend_log(number, path);
  demo_proxy_backend_fetch(number, &ad_path, &ad);
  int length = asprintf(&text, "%.*s + %.*s", (int)page.len, (char *)page.ptr, (int)ad.len, (char *)ad.ptr);
  if (length < 0) abort();
  *ret = (proxy_world_string_t){(uint8_t *)text, (size_t)length};
  proxy_world_string_free(&page);
  proxy_world_string_free(&ad);
  proxy_world_string_free(path);
}
