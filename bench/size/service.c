/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* A handler that does nothing: what is left is the glue that a world brings along. */
#include "service.h"

service_callback_code_t exports_wasi_http_handler_handle(exports_wasi_http_handler_own_request_t request) {
  (void)request;
  return SERVICE_CALLBACK_CODE_EXIT;
}

service_callback_code_t exports_wasi_http_handler_handle_callback(service_event_t *event) {
  (void)event;
  return SERVICE_CALLBACK_CODE_EXIT;
}
