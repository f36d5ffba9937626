/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Futures: streams of exactly one element. Their results, and when they are done, differ (withost__end_result).
 */
#include "end.h"

uint64_t withost_future_new(withost_instance *i, const withost_stream_type *type) { return withost__guest_new(i, type, true); }

uint32_t withost_future_copy_in(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                uint32_t end, uint32_t ptr) {
  return withost__guest_copy(i, type, block, WITHOST__FUTURE_READABLE, end, ptr, 1);
}

uint32_t withost_future_copy_out(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                 uint32_t end, uint32_t ptr) {
  return withost__guest_copy(i, type, block, WITHOST__FUTURE_WRITABLE, end, ptr, 1);
}

uint32_t withost_future_cancel_copy(withost_instance *i, const withost_stream_type *type, const withost_blocking *block,
                                    bool writable, uint32_t end) {
  return withost__guest_cancel(i, type, block, writable ? WITHOST__FUTURE_WRITABLE : WITHOST__FUTURE_READABLE, end);
}

void withost_future_drop_end(withost_instance *i, const withost_stream_type *type, bool writable, uint32_t end) {
  withost__guest_drop(i, type, writable ? WITHOST__FUTURE_WRITABLE : WITHOST__FUTURE_READABLE, end);
}

void withost_future_forward(withost_instance *i, const withost_stream_type *type, uint32_t readable, uint32_t writable) {
  withost__guest_forward(i, type, WITHOST__FUTURE_READABLE, readable, WITHOST__FUTURE_WRITABLE, writable);
}

withost_future *withost_lift_future(withost_instance *i, const withost_stream_type *type, uint32_t end) {
  return (withost_future *)withost__guest_lift(i, type, WITHOST__FUTURE_READABLE, end);
}

uint32_t withost_lower_future(withost_instance *i, const withost_stream_type *type, withost_future *future) {
  return withost__guest_lower(i, type, WITHOST__FUTURE_READABLE, (withost__end *)future);
}
