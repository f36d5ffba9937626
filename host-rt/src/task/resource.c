/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Resources: own and borrow handles, lending, destructors. To be written: everything here fails loudly. An own handle is
 * a slot {record: its type, value: its representation, lends}; a borrow handle's record names its own's and the task
 * whose num_borrows it counts in. withost__subtask (lent, lent_count) keeps what a call has borrowed.
 */
#include "machine.h"

uint32_t withost_resource_new(withost_instance *instance, const withost_resource_type *type, uint32_t rep) {
  (void)type;
  (void)rep;
  withost_trap(instance, "unsupported: resources");
}

uint32_t withost_resource_rep(withost_instance *instance, const withost_resource_type *type, uint32_t handle) {
  (void)type;
  (void)handle;
  withost_trap(instance, "unsupported: resources");
}

void withost_resource_drop(withost_instance *instance, const withost_resource_type *type, uint32_t handle) {
  (void)type;
  (void)handle;
  withost_trap(instance, "unsupported: resources");
}

uint32_t withost_lift_own(withost_instance *instance, const withost_resource_type *type, uint32_t handle) {
  (void)type;
  (void)handle;
  withost_trap(instance, "unsupported: resources");
}

uint32_t withost_lift_borrow(withost_instance *instance, withost_call *call, const withost_resource_type *type, uint32_t handle) {
  (void)call;
  (void)type;
  (void)handle;
  withost_trap(instance, "unsupported: resources");
}

uint32_t withost_lower_own(withost_instance *instance, const withost_resource_type *type, uint32_t rep) {
  (void)type;
  (void)rep;
  withost_trap(instance, "unsupported: resources");
}

uint32_t withost_lower_borrow(withost_instance *instance, const withost_resource_type *type, uint32_t rep) {
  (void)type;
  (void)rep;
  withost_trap(instance, "unsupported: resources");
}
