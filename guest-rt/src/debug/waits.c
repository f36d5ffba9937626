/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What goroutines wait for: a record around each wait.
 */
#include "record.h"

static int waited(witguest__record *r, int status) {
  witguest__record_free(r);
  return status;
}

int witguest_debug_go_await(uint32_t status, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a subtask", file, line);
  return waited(r, witguest_go_await(status));
}

int witguest_debug_go_sleep(uint64_t nanoseconds, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a sleep", file, line);
  return waited(r, witguest_go_sleep(nanoseconds));
}

int witguest_debug_send(witguest_channel *channel, const void *value, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a receiver on a channel", file, line);
  return waited(r, witguest_channel_send(channel, value));
}

int witguest_debug_receive(witguest_channel *channel, void *value, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a value on a channel", file, line);
  return waited(r, witguest_channel_receive(channel, value));
}

int witguest_debug_select(witguest_case *cases, size_t count, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a case of a select", file, line);
  return waited(r, witguest_select(cases, count));
}

int witguest_debug_group_wait(witguest_wait_group *group, const char *file, int line) {
  witguest__record *r = witguest__record_wait("a wait group", file, line);
  return waited(r, witguest_wait_group_wait(group));
}
