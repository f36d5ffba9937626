/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <witguest/go.h>

#include "echo.h"

/* By way of another goroutine, so that the module has to be asyncified. */
static uint32_t number;

static void send(void *channel) { witguest_channel_send(channel, &number); }

static void echo(void *arg) {
  witguest_channel *channel = witguest_channel_new(sizeof number, 0);
  uint32_t received;
  (void)arg;
  witguest_go(send, channel);
  witguest_channel_receive(channel, &received);
  witguest_channel_free(channel);
  exports_echo_echo_return(received);
}

echo_callback_code_t exports_echo_echo(uint32_t n) {
  number = n;
  return witguest_go_start(echo, NULL);
}

echo_callback_code_t exports_echo_echo_callback(echo_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
