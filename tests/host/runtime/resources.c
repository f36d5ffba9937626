/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Resources through generated glue: the guest of tests/runtime/resources makes, lends, gives and drops blobs of the host; the
 * host does the same with counters of the guest. Who ends what is counted on both sides: each object ends exactly once.
 */
#include <string.h>

#include "guest.h"
#include "objects.h"

typedef test_resources_store_own_blob_file_t blob;
typedef exports_test_resources_counters_own_up_counter_t counter;
typedef exports_test_resources_counters_list_own_up_counter_t counters;
typedef struct host { objects blobs; uint32_t dropped; } host;

#define CALL(name) guest_test_resources_counters_##name

/* ---- The host's resource ---- */

static blob blob_new(host *h, uint32_t size) { return (blob){objects_add(&h->blobs, size)}; }
static uint32_t *blob_size(host *h, blob b) { return objects_at(&h->blobs, b.rep); }
static uint32_t blob_end(host *h, blob b) { return objects_end(&h->blobs, b.rep); }

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

static const guest_imports all_imports = {
  .test_resources_store_blob_file_destructor = on_drop,  .test_resources_store_constructor_blob_file = on_new,
  .test_resources_store_method_blob_file_size = on_size, .test_resources_store_method_blob_file_grow = on_grow,
  .test_resources_store_static_blob_file_join = on_join, .test_resources_store_consume = on_consume,
  .test_resources_store_many = on_many, .test_resources_store_sum = on_sum, .test_resources_store_find = on_find};

static void imported(case_run *c, guest_instance *guest, host *h) {
  uint32_t answer = 99;
  h->dropped = 0;
  case_called(c, guest_use_store(guest, NULL, &answer), "use-store");
  case_equal(c, answer, 0, "the guest uses the host's resource in every way");
  case_check(c, h->dropped == 2 && !h->blobs.alive, "what the guest kept was dropped once, what it gave away was not");
  case_called(c, guest_use_lists(guest, NULL, &answer), "use-lists");
  case_equal(c, answer, 0, "a list of own handles in, a list of borrowed ones out");
  case_check(c, h->dropped == 5 && !h->blobs.alive, "the three of the list were dropped once");
}

static void lent(case_run *c, guest_instance *guest, host *h) {
  uint32_t answer = 0;
  blob mine = blob_new(h, 12), back = {99};
  case_called(c, guest_borrow_store(guest, NULL, mine, &answer), "borrow-store");
  case_equal(c, answer, 12, "a borrowed blob can be used");
  case_check(c, h->dropped == 5 && h->blobs.alive == 1, "and stays the host's: no destructor ran");
  case_called(c, guest_own_store(guest, NULL, mine, &back), "own-store");
  case_check(c, back.rep == mine.rep && *blob_size(h, back) == 13, "a blob that is given comes back as the same");
  blob_end(h, back);
  case_check(c, h->dropped == 5 && !h->blobs.alive && !h->blobs.wrong, "no blob was named after its end");
}

/* ---- The guest's resources ---- */

static counter counter_new(case_run *c, guest_instance *guest, uint32_t start) {
  counter made = {0};
  case_called(c, CALL(constructor_up_counter)(guest, NULL, start, &made), "[constructor]up-counter");
  return made;
}

static bool value_is(case_run *c, guest_instance *guest, counter of, uint32_t wanted, const char *what) {
  uint32_t value = ~wanted;
  case_called(c, CALL(method_up_counter_value)(guest, NULL, of, &value), "[method]up-counter.value");
  return case_equal(c, value, wanted, what);
}

static bool alive_are(case_run *c, guest_instance *guest, uint32_t wanted, const char *what) {
  uint32_t alive = ~wanted;
  case_called(c, CALL(alive)(guest, NULL, &alive), "alive");
  return case_equal(c, alive, wanted, what);
}

static void drop(case_run *c, counter of) { case_called(c, CALL(up_counter_drop)(of), "the drop of an up-counter"); }

static void exported(case_run *c, guest_instance *guest) {
  uint32_t taken = 0;
  counter one = counter_new(c, guest, 3), two = counter_new(c, guest, 4);
  case_called(c, CALL(method_up_counter_add)(guest, NULL, one, two), "[method]up-counter.add");
  value_is(c, guest, one, 7, "a method reaches its own and a borrowed object");
  value_is(c, guest, two, 4, "which is still the host's");
  alive_are(c, guest, 2, "two counters live");
  drop(c, two);
  alive_are(c, guest, 1, "a drop runs the guest's destructor");
  case_check(c, CALL(up_counter_drop)(two) == WITHOST_EINVAL, "a second drop is refused");
  case_called(c, CALL(static_up_counter_take)(guest, NULL, one, &taken), "[static]up-counter.take");
  case_equal(c, taken, 7, "an object that is given away arrives");
  case_check(c, CALL(up_counter_drop)(one) == WITHOST_EINVAL, "and is not the host's any more");
  alive_are(c, guest, 0, "it was ended by whom it was given to");
}

static void in_list(case_run *c, guest_instance *guest, uint32_t count) {
  counters all = {0};
  uint32_t sum = 99;
  if (!case_called(c, CALL(make_list)(guest, NULL, count, &all), "make-list")) return;
  case_equal(c, all.len, count, "a list of handles comes out");
  alive_are(c, guest, count, "all of it live");
  case_called(c, CALL(sum_list)(guest, NULL, all, &sum), "sum-list");
  case_equal(c, sum, count ? count * (count - 1) / 2 : 0, "and goes in");
  alive_are(c, guest, 0, "all of it are ended");
  exports_test_resources_counters_list_own_up_counter_free(&all); /* the memory; the handles in it were given away */
}

static void list_kept(case_run *c, guest_instance *guest) {
  counters left = {0};
  if (!case_called(c, CALL(make_list)(guest, NULL, 3, &left), "make-list")) return;
  case_equal(c, left.len, 3, "a list that the host keeps");
  for (size_t n = 0; n < left.len; n++) drop(c, left.ptr[n]);
  exports_test_resources_counters_list_own_up_counter_free(&left);
  alive_are(c, guest, 0, "its handles are dropped one by one");
}

static void in_records(case_run *c, guest_instance *guest) {
  exports_test_resources_counters_two_t halves = {0}, whole = {0};
  case_called(c, CALL(split)(guest, NULL, counter_new(c, guest, 9), &halves), "split");
  value_is(c, guest, halves.first, 4, "a handle in a record");
  if (case_check(c, halves.second.is_some, "an option of a handle in a record")) {
    value_is(c, guest, halves.second.val, 5, "with the handle in it");
    drop(c, halves.second.val);
  }
  drop(c, halves.first);
  case_called(c, CALL(split)(guest, NULL, counter_new(c, guest, 1), &whole), "split");
  case_check(c, !whole.second.is_some, "no handle in an option");
  drop(c, whole.first);
}

static void kept(case_run *c, guest_instance *guest) {
  exports_test_resources_counters_option_own_up_counter_t back = {0};
  case_called(c, CALL(keep)(guest, NULL, counter_new(c, guest, 1)), "keep");
  case_called(c, CALL(keep)(guest, NULL, counter_new(c, guest, 2)), "keep");
  alive_are(c, guest, 1, "keeping another drops the one kept before");
  case_called(c, CALL(give_back)(guest, NULL, &back), "give-back");
  if (case_check(c, back.is_some, "a kept handle comes back")) {
    value_is(c, guest, back.val, 2, "as it was");
    drop(c, back.val);
  }
  case_called(c, CALL(give_back)(guest, NULL, &back), "give-back");
  case_check(c, !back.is_some, "nothing is kept any more");
}

static void fallible(case_run *c, guest_instance *guest) {
  exports_test_resources_counters_result_own_even_string_t even = {0};
  uint32_t half = 0;
  case_called(c, CALL(constructor_even)(guest, NULL, 8, &even), "[constructor]even");
  if (case_check(c, !even.is_err, "a constructor that may fail, and does not")) {
    case_called(c, CALL(method_even_half)(guest, NULL, even.val.ok, &half), "[method]even.half");
    case_equal(c, half, 4, "its object has methods");
    case_called(c, CALL(even_drop)(even.val.ok), "the drop of an even");
  }
  case_called(c, CALL(constructor_even)(guest, NULL, 7, &even), "[constructor]even");
  if (case_check(c, even.is_err, "a constructor that may fail, and does"))
    case_text(c, even.val.err.ptr, even.val.err.len, "odd", "and says why");
  exports_test_resources_counters_result_own_even_string_free(&even);
}

/* ---- The case ---- */

static void open(case_run *c) {
  guest_open(c, &all_imports);
}

static void round_of_calls(case_run *c) {
  guest_instance *guest = guest_of(c);
  uint32_t before = 0, after = 0;
  case_called(c, CALL(destroyed)(guest, NULL, &before), "destroyed");
  imported(c, guest, c->state);
  lent(c, guest, c->state);
  exported(c, guest);
  for (uint32_t count = 0; count <= 10; count += 5) in_list(c, guest, count);
  if (c->rounds % 100 == 0) in_list(c, guest, 1000);
  list_kept(c, guest);
  in_records(c, guest);
  kept(c, guest);
  fallible(c, guest);
  alive_are(c, guest, 0, "no counter is left");
  case_called(c, CALL(destroyed)(guest, NULL, &after), "destroyed");
  /* exported 2, lists 0 + 5 + 10 (+ 1000), kept list 3, records 3, kept 2, fallible 1 */
  case_equal(c, after - before, c->rounds % 100 ? 26 : 1026, "as many destroyed as were made");
}

/* What the guest holds when its instance ends is the host's again, once. */
static void held_at_the_end(case_run *c) {
  guest_instance *guest = guest_of(c);
  counter one = counter_new(c, guest, 1);
  case_check(c, guest_close(guest) == WITHOST_EBUSY, "an instance does not close while the host holds a counter of it");
  drop(c, one);
  case_check(c, guest_close(guest) == WITHOST_OK, "when it holds none, it does");
}

int main(void) {
  return case_main(&(case_plan){.name = "resources", .worlds = {CASE_WORLD(guest)}, .state_size = sizeof(host), .open = open,
                                .round = round_of_calls, .close = held_at_the_end});
}
