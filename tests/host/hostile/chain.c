/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Chains: a guest calls the host, the host calls the next guest from there, and so on through a thousand instances, each of
 * which first goes as deep as it likes. The native stack is the host's, so a chain has to end with a trap of the guest at its
 * end ("call stack exhausted", the words of the reference engine) before that stack does; all other guests get their answers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"

enum { LINKS = 1000 };

typedef struct chain chain;
typedef struct chain_link { chain *chain; guest_instance *guest; size_t number; } chain_link;

struct chain {
  chain_link links[LINKS];
  size_t reached; /* links that were called */
  size_t ended;   /* calls that are over */
  size_t refused; /* those that ended with an error */
  uint32_t depth;
};

static void sum_next(chain *c, size_t number) {
  static uint64_t numbers[8192];
  uint64_t sum;
  guest_list_u64_t list = {numbers, c->depth};
  c->reached++;
  if (guest_sum(c->links[number].guest, NULL, list, &sum)) c->refused++;
  c->ended++;
}

static void worked(void *user, withost_call *call, int status, const uint32_t *result) {
  chain *c = user;
  (void)call;
  (void)result;
  c->ended++;
  if (status) c->refused++;
}

static void work_next(chain *c, size_t number) {
  c->reached++;
  if (guest_work(c->links[number].guest, NULL, c->depth, worked, c, NULL)) abort();
}

static void on_log(void *host, withost_call *call, guest_string_t text) {
  chain_link *l = host;
  (void)call;
  (void)text;
  if (l->number + 1 < LINKS) sum_next(l->chain, l->number + 1);
}

static void on_fetch(void *host, withost_call *call, uint32_t n) {
  chain_link *l = host;
  if (l->number + 1 < LINKS) work_next(l->chain, l->number + 1);
  guest_fetch_return(call, n);
}

static const guest_imports imports = {.guest_log = on_log, .guest_fetch = on_fetch};

static size_t count_trapped(const chain *c, const char **words) {
  size_t trapped = 0;
  for (size_t n = 0; n < LINKS; n++) {
    const withost_instance *i = guest_as_instance(c->links[n].guest);
    if (withost_instance_status(i) == WITHOST_OK) continue;
    trapped++;
    *words = withost_instance_trap(i);
  }
  return trapped;
}

/* Links take their programs in turn. */
static void chain_run(const withost_program *programs[2], const char *name, bool async, uint32_t depth, int number, int *wrong) {
  static chain c;
  withost_store *store;
  c = (chain){.depth = depth};
  if (withost_store_new(NULL, &store)) abort();
  for (size_t n = 0; n < LINKS; n++) {
    c.links[n] = (chain_link){&c, NULL, n};
    if (guest_instantiate(store, programs[n % 2], &imports, &c.links[n], &c.links[n].guest)) abort();
  }
  if (async) work_next(&c, 0);
  else sum_next(&c, 0);
  while (withost_store_run(store) > 0) {}
  const char *words = "";
  size_t trapped = count_trapped(&c, &words);
  bool good = c.ended == c.reached && c.refused == trapped && trapped <= 1 && (trapped || c.reached == LINKS) &&
              (!trapped || strstr(words, ": call stack exhausted"));
  printf("%sok %d - %s, %s calls, %u deep: %zu of %d guests, %s\n", good ? "" : "not ", number, name, async ? "async" : "sync",
         depth, c.reached, LINKS, trapped ? words : "no trap");
  if (!good) printf("# %zu ended, %zu with an error, %zu trapped\n", c.ended, c.refused, trapped);
  *wrong += !good || withost_store_close(store);
}

int main(void) {
  static const uint32_t depths[] = {0, 100, 1000, 8000}; /* the last is most of a stack */
  static const char *const names[] = {"wasm2c", "wasmtime", "both in turn"};
  engine e[2];
  const withost_program *p[2];
  int wrong = 0, number = 0;
  for (int n = 0; n < 2; n++) {
    engine_open(&e[n], n);
    if (engine_program(&e[n], "deep", &p[n])) return 1;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (int kind = 0; kind < 3; kind++)
    for (int async = 0; async < 2; async++)
      for (int d = 0; d < 4; d++)
        chain_run((const withost_program *[]){p[kind == 1], p[kind != 0]}, names[kind], async, depths[d], ++number, &wrong);
  for (int n = 0; n < 2; n++) {
    engine_release(&e[n]);
    engine_close(&e[n]);
  }
  printf("1..%d\n", number);
  return wrong != 0;
}
