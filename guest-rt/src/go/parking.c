/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Waiting in lines. See go.h.
 */
#include "go.h"

witguest__place *witguest__place_single(void *of, uint32_t n) {
  (void)n;
  return of;
}

void witguest__line_join(witguest__line *line, witguest__place *place, witguest__parking *parking, void *value) {
  *place = (witguest__place){.prev = line->last, .line = line, .parking = parking, .value = value};
  *(line->last ? &line->last->next : &line->first) = place;
  line->last = place;
}

static void place_leave(witguest__place *place) {
  witguest__line *line = place->line;
  if (!line) return;
  *(place->prev ? &place->prev->next : &line->first) = place->next;
  *(place->next ? &place->next->prev : &line->last) = place->prev;
  place->line = NULL;
}

void witguest__parking_end(witguest__parking *p, int status) {
  for (uint32_t n = 0; n < p->count; n++) place_leave(p->place_at(p->of, n));
  p->status = status;
  p->is_over = true;
  if (p->goroutine) witguest__go_ready(p->goroutine, 0);
}

void witguest__place_serve(witguest__place *place, int status) {
  place->parking->ended = place;
  witguest__parking_end(place->parking, status);
}

void witguest__line_serve_all(witguest__line *line, int status) {
  while (line->first) witguest__place_serve(line->first, status);
}

int witguest__parking_wait(witguest__parking *p) {
  if (!p->is_over) {
    p->goroutine = witguest__go_running();
    witguest__go_leave();
  }
  return p->status;
}

int witguest__line_wait(witguest__line *line, void *value) {
  witguest__place place;
  witguest__parking parking = {.count = 1, .place_at = witguest__place_single, .of = &place};
  witguest__line_join(line, &place, &parking, value);
  return witguest__parking_wait(&parking);
}
