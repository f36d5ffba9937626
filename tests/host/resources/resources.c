/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Resources through generated glue: the guest of tests/runtime/resources makes, lends, gives and drops blobs of the host; the
 * host does the same with counters of the guest. Who ends what is counted on both sides: each object ends exactly once.
 */
#include <stdio.h>
#include <string.h>

#include "guest_host.h"

#define MAX_BLOBS 32

typedef test_resources_store_own_blob_file_t blob;
typedef exports_test_resources_counters_own_up_counter_t counter;
typedef exports_test_resources_counters_list_own_up_counter_t counters;

typedef struct host {
  uint32_t sizes[MAX_BLOBS], made;
  bool live[MAX_BLOBS], wrong;
  int dropped;
} host;

static int failures, number;
static void check(bool good, const char *what) {
  printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
  failures += !good;
}

/* The host's resource: `rep` is an index */

static blob blob_new(host *h, uint32_t size) {
  blob b = {h->made < MAX_BLOBS ? h->made++ : 0};
  h->sizes[b.rep] = size;
  h->live[b.rep] = true;
  return b;
}

static uint32_t *blob_size(host *h, blob b) {
  if (b.rep >= h->made || !h->live[b.rep]) h->wrong = true;
  return &h->sizes[b.rep % MAX_BLOBS];
}

static uint32_t blob_end(host *h, blob b) {
  uint32_t size = *blob_size(h, b);
  h->live[b.rep % MAX_BLOBS] = false;
  return size;
}

static int blobs_alive(const host *h) {
  int alive = 0;
  for (uint32_t i = 0; i < h->made; i++) alive += h->live[i];
  return alive;
}

static void on_drop(void *user, blob b) {
  host *h = user;
  blob_end(h, b);
  h->dropped++;
}

static blob on_new(void *user, withost_call *call, uint32_t size) { return (void)call, blob_new(user, size); }
static uint32_t on_size(void *user, withost_call *call, blob self) { return (void)call, *blob_size(user, self); }
static void on_grow(void *user, withost_call *call, blob self, uint32_t by) { (void)call, *blob_size(user, self) += by; }
static uint32_t on_consume(void *user, withost_call *call, blob b) { return (void)call, blob_end(user, b); }

static blob on_join(void *user, withost_call *call, blob a, blob b) {
  (void)call;
  return blob_new(user, blob_end(user, a) + *blob_size(user, b));
}

static test_resources_store_list_own_blob_file_t on_many(void *user, withost_call *call, uint32_t count) {
  test_resources_store_list_own_blob_file_t all = {withost_call_alloc(call, count * sizeof(blob)), count};
  for (uint32_t i = 0; i < count; i++) all.ptr[i] = blob_new(user, i);
  return all;
}

static uint32_t on_sum(void *user, withost_call *call, test_resources_store_list_borrow_blob_file_t all) {
  uint32_t sum = 0;
  (void)call;
  for (size_t i = 0; i < all.len; i++) sum += *blob_size(user, all.ptr[i]);
  return sum;
}

static test_resources_store_option_own_blob_file_t on_find(void *user, withost_call *call, uint32_t size) {
  test_resources_store_option_own_blob_file_t none = {0};
  (void)call;
  if (!size) return none;
  return (test_resources_store_option_own_blob_file_t){true, blob_new(user, size)};
}

static void imported(guest_instance *guest, host *h) {
  uint32_t answer = 99;
  check(!guest_use_store(guest, NULL, &answer) && answer == 0, "the guest uses the host's resource in every way");
  check(h->dropped == 2 && blobs_alive(h) == 0, "what the guest kept was dropped once, what it gave away was not");
  check(!guest_use_lists(guest, NULL, &answer) && answer == 0, "a list of own handles in, a list of borrowed ones out");
  check(h->dropped == 5 && blobs_alive(h) == 0, "the three of the list were dropped once");
}

static void lent(guest_instance *guest, host *h) {
  uint32_t answer = 0;
  blob mine = blob_new(h, 12), back = {99};
  check(!guest_borrow_store(guest, NULL, mine, &answer) && answer == 12, "a borrowed blob can be used");
  check(h->dropped == 5 && blobs_alive(h) == 1, "and stays the host's: no destructor ran");
  check(!guest_own_store(guest, NULL, mine, &back), "a blob is given");
  check(back.rep == mine.rep && *blob_size(h, back) == 13 && h->dropped == 5, "and comes back as the same");
  blob_end(h, back);
}

/* The guest's resources */

static counter counter_new(guest_instance *guest, uint32_t start) {
  counter c = {0};
  check(!guest_test_resources_counters_constructor_up_counter(guest, NULL, start, &c), "a counter is made");
  return c;
}

static bool value_is(guest_instance *guest, counter c, uint32_t expected) {
  uint32_t value = 0;
  return !guest_test_resources_counters_method_up_counter_value(guest, NULL, c, &value) && value == expected;
}

static bool alive_are(guest_instance *guest, uint32_t expected) {
  uint32_t alive = 99;
  return !guest_test_resources_counters_alive(guest, NULL, &alive) && alive == expected;
}

#define drop guest_test_resources_counters_up_counter_drop

static void exported(guest_instance *guest) {
  uint32_t taken = 0;
  counter one = counter_new(guest, 3), two = counter_new(guest, 4);
  check(!guest_test_resources_counters_method_up_counter_add(guest, NULL, one, two), "one object is lent to another's method");
  check(value_is(guest, one, 7) && value_is(guest, two, 4), "both were reached, both are still the host's");
  check(alive_are(guest, 2), "two counters live");
  check(drop(two) == 0 && alive_are(guest, 1), "a drop runs the guest's destructor");
  check(drop(two) == WITHOST_EINVAL && alive_are(guest, 1), "a second drop is refused");
  check(!guest_test_resources_counters_static_up_counter_take(guest, NULL, one, &taken) && taken == 7, "an object is given away");
  check(drop(one) == WITHOST_EINVAL && alive_are(guest, 0), "and ended by whom it was given to");
}

static void in_lists(guest_instance *guest) {
  for (uint32_t count = 0; count <= 1000; count = count ? count * 10 : 1) {
    counters all = {0};
    uint32_t sum = 99;
    check(!guest_test_resources_counters_make_list(guest, NULL, count, &all) && all.len == count, "a list of handles comes out");
    check(alive_are(guest, count), "all of it live");
    check(!guest_test_resources_counters_sum_list(guest, NULL, all, &sum) && sum == (count ? count * (count - 1) / 2 : 0), "and goes in");
    check(alive_are(guest, 0), "all of it were ended");
    exports_test_resources_counters_list_own_up_counter_free(&all); /* the memory; the handles in it were given away */
  }
  counters left = {0};
  check(!guest_test_resources_counters_make_list(guest, NULL, 3, &left) && left.len == 3, "a list that the host keeps");
  for (size_t i = 0; i < left.len; i++) check(drop(left.ptr[i]) == 0, "its handles are dropped one by one");
  exports_test_resources_counters_list_own_up_counter_free(&left);
  check(alive_are(guest, 0), "none is left");
}

static void in_records(guest_instance *guest) {
  exports_test_resources_counters_two_t halves, whole;
  check(!guest_test_resources_counters_split(guest, NULL, counter_new(guest, 9), &halves), "split");
  check(halves.second.is_some && value_is(guest, halves.first, 4), "a handle in a record");
  check(value_is(guest, halves.second.val, 5), "a handle in an option in a record");
  check(drop(halves.first) == 0 && drop(halves.second.val) == 0, "both are dropped");
  check(!guest_test_resources_counters_split(guest, NULL, counter_new(guest, 1), &whole), "split of one");
  check(!whole.second.is_some && drop(whole.first) == 0, "no handle in an option");
}

static void kept(guest_instance *guest) {
  exports_test_resources_counters_option_own_up_counter_t back = {0};
  check(!guest_test_resources_counters_keep(guest, NULL, counter_new(guest, 1)), "the guest keeps a counter");
  check(!guest_test_resources_counters_keep(guest, NULL, counter_new(guest, 2)), "and another in its place");
  check(alive_are(guest, 1), "the one kept before has ended");
  check(!guest_test_resources_counters_give_back(guest, NULL, &back) && back.is_some, "it gives it back");
  check(value_is(guest, back.val, 2) && drop(back.val) == 0, "as it was");
  check(!guest_test_resources_counters_give_back(guest, NULL, &back) && !back.is_some, "once");
}

static void fallible(guest_instance *guest) {
  exports_test_resources_counters_result_own_even_string_t even;
  uint32_t half = 0;
  check(!guest_test_resources_counters_constructor_even(guest, NULL, 8, &even) && !even.is_err, "a constructor that may fail, and does not");
  check(!guest_test_resources_counters_method_even_half(guest, NULL, even.val.ok, &half) && half == 4, "its object has methods");
  check(guest_test_resources_counters_even_drop(even.val.ok) == 0, "and ends");
  check(!guest_test_resources_counters_constructor_even(guest, NULL, 7, &even) && even.is_err, "one that fails");
  check(even.is_err && even.val.err.len == 3 && !memcmp(even.val.err.ptr, "odd", 3), "says why");
  exports_test_resources_counters_result_own_even_string_free(&even);
}

int main(void) {
  static const guest_imports imports = {
    .test_resources_store_blob_file_destructor = on_drop,     .test_resources_store_constructor_blob_file = on_new,
    .test_resources_store_method_blob_file_size = on_size,    .test_resources_store_method_blob_file_grow = on_grow,
    .test_resources_store_static_blob_file_join = on_join,    .test_resources_store_consume = on_consume,
    .test_resources_store_many = on_many, .test_resources_store_sum = on_sum, .test_resources_store_find = on_find};
  host h = {0};
  withost_store *store;
  guest_instance *guest;
  uint32_t before = 0, after = 1;
  if (withost_store_new(NULL, &store)) return 1;
  if (guest_instantiate(store, guest_program_wasm2c(), &imports, &h, &guest)) return 1;
  check(!guest_heap(guest, NULL, &before), "the guest's heap");
  imported(guest, &h);
  lent(guest, &h);
  exported(guest);
  in_lists(guest);
  in_records(guest);
  kept(guest);
  fallible(guest);
  check(!guest_heap(guest, NULL, &after) && after == before, "the guest has freed all that it was given");
  check(!h.wrong, "no blob was named after its end");
  check(guest_close(guest) == 0, "nothing of the guest is held: it closes");
  check(withost_store_close(store) == 0, "close");
  printf("1..%d\n", number);
  return failures != 0;
}
