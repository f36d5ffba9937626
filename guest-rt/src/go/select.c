/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Select: one of several sends and receives. Where to begin to look moves on from call to call, so that no case starves.
 */
#include "go.h"

static int case_try(witguest_case *c) {
  return c->send ? witguest_channel_try_send(c->channel, c->send) : witguest_channel_try_receive(c->channel, c->receive);
}

int witguest_select_now(witguest_case *cases, size_t count) {
  static size_t turn;
  size_t first = count ? turn++ % count : 0;
  for (size_t k = 0; k < count; k++) {
    size_t n = (first + k) % count;
    if (!cases[n].channel) continue;
    cases[n].status = case_try(&cases[n]);
    if (cases[n].status != WITGUEST_EAGAIN) return (int)n;
  }
  return WITGUEST_EAGAIN;
}

static witguest__place *place_at(void *of, uint32_t n) {
  return (witguest__place *)(void *)&((witguest_case *)of)[n].place;
}

static uint32_t join_all(witguest_case *cases, uint32_t count, witguest__parking *parking) {
  uint32_t joined = 0;
  for (uint32_t n = 0; n < count; n++) {
    witguest_case *c = &cases[n];
    witguest__place *place = place_at(cases, n);
    place->line = NULL;
    if (!c->channel) continue;
    void *value = c->send ? (void *)(uintptr_t)c->send : c->receive;
    witguest__line_join(c->send ? &c->channel->senders : &c->channel->receivers, place, parking, value);
    joined++;
  }
  return joined;
}

int witguest_select(witguest_case *cases, size_t count) {
  if (!witguest_go_is_inside()) return WITGUEST_ENOGO;
  int which = witguest_select_now(cases, count);
  if (which != WITGUEST_EAGAIN) return which;
  witguest__parking parking = {.count = (uint32_t)count, .place_at = place_at, .of = cases};
  if (!join_all(cases, (uint32_t)count, &parking)) return WITGUEST_EINVAL;
  int status = witguest__parking_wait(&parking);
  for (uint32_t n = 0; n < count; n++) {
    if (place_at(cases, n) != parking.ended) continue;
    cases[n].status = status;
    which = (int)n;
  }
  return which;
}
