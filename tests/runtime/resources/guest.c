/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 * Resources of the host, made, lent, given and dropped; resources of the guest, counted at birth and in the destructor. */
#include <stdlib.h>
#include <string.h>
#include "guest.h"
#include "rt.h"

#define IMPORT(name) test_resources_store_##name
#define EXPORT(name) exports_test_resources_counters_##name

typedef test_resources_store_own_blob_file_t own_blob;
typedef test_resources_store_borrow_blob_file_t borrowed_blob;
typedef EXPORT(own_up_counter_t) own_counter;
typedef EXPORT(up_counter_t) counter;

uint32_t exports_guest_heap(void) { return rt_heap_blocks(); }

/* The host's resource */

static uint32_t size_of(own_blob blob) {
  return IMPORT(method_blob_file_size)(IMPORT(borrow_blob_file)(blob));
}

uint32_t exports_guest_use_store(void) {
  own_blob a = IMPORT(constructor_blob_file)(10), b = IMPORT(constructor_blob_file)(5);
  if (size_of(a) != 10 || size_of(b) != 5) return 1;
  IMPORT(method_blob_file_grow)(IMPORT(borrow_blob_file)(a), 7);
  if (size_of(a) != 17) return 2;

  own_blob joined = IMPORT(static_blob_file_join)(a, IMPORT(borrow_blob_file)(b)); /* a is gone, b stays */
  if (size_of(joined) != 22 || size_of(b) != 5) return 3;
  IMPORT(blob_file_drop_own)(b);
  if (IMPORT(consume)(joined) != 22) return 4;

  own_blob found;
  if (IMPORT(find)(0, &found)) return 5;
  if (!IMPORT(find)(33, &found) || size_of(found) != 33) return 6;
  IMPORT(blob_file_drop_own)(found);
  return 0;
}

uint32_t exports_guest_use_lists(void) {
  IMPORT(list_own_blob_file_t) many;
  IMPORT(many)(3, &many);
  if (many.len != 3) return 1;
  borrowed_blob lent[3];
  for (size_t i = 0; i < 3; i++) lent[i] = IMPORT(borrow_blob_file)(many.ptr[i]);
  IMPORT(list_borrow_blob_file_t) all = {lent, 3};
  if (IMPORT(sum)(&all) != 0 + 1 + 2) return 2;
  for (size_t i = 0; i < 3; i++) IMPORT(blob_file_drop_own)(many.ptr[i]);
  IMPORT(list_own_blob_file_free)(&many);
  return 0;
}

uint32_t exports_guest_borrow_store(borrowed_blob blob) {
  uint32_t size = IMPORT(method_blob_file_size)(blob);
  IMPORT(blob_file_drop_borrow)(blob);
  return size;
}

own_blob exports_guest_own_store(own_blob blob) {
  IMPORT(method_blob_file_grow)(IMPORT(borrow_blob_file)(blob), 1);
  return blob;
}

/* The guest's resources */

struct EXPORT(up_counter_t) {
  uint32_t value;
};

struct EXPORT(even_t) {
  uint32_t half;
};

static uint32_t alive, destroyed;
static bool has_kept;
static own_counter kept;

static own_counter counter_new(uint32_t value) {
  counter *c = malloc(sizeof *c);
  if (!c) abort();
  c->value = value;
  alive++;
  return EXPORT(up_counter_new)(c);
}

void EXPORT(up_counter_destructor)(counter *c) {
  alive--;
  destroyed++;
  free(c);
}

void EXPORT(even_destructor)(EXPORT(even_t) *e) {
  destroyed++;
  free(e);
}

own_counter EXPORT(constructor_up_counter)(uint32_t start) { return counter_new(start); }
uint32_t EXPORT(method_up_counter_value)(counter *self) { return self->value; }
void EXPORT(method_up_counter_add)(counter *self, counter *other) { self->value += other->value; }

uint32_t EXPORT(static_up_counter_take)(own_counter other) {
  uint32_t value = EXPORT(up_counter_rep)(other)->value;
  EXPORT(up_counter_drop_own)(other); /* our own handle: the destructor runs in here */
  return value;
}

bool EXPORT(constructor_even)(uint32_t n, EXPORT(own_even_t) *ret, guest_string_t *err) {
  if (n % 2) {
    guest_string_dup(err, "odd");
    return false;
  }
  EXPORT(even_t) *e = malloc(sizeof *e);
  if (!e) abort();
  e->half = n / 2;
  *ret = EXPORT(even_new)(e);
  return true;
}

uint32_t EXPORT(method_even_half)(EXPORT(even_t) *self) { return self->half; }

void EXPORT(make_list)(uint32_t count, EXPORT(list_own_up_counter_t) *ret) {
  ret->len = count;
  ret->ptr = malloc((count ? count : 1) * sizeof *ret->ptr);
  if (!ret->ptr) abort();
  for (uint32_t i = 0; i < count; i++) ret->ptr[i] = counter_new(i);
  if (!count) {
    free(ret->ptr); /* a list without elements has no memory to give away */
    ret->ptr = (void *)sizeof *ret->ptr;
  }
}

uint32_t EXPORT(sum_list)(EXPORT(list_own_up_counter_t) *all) {
  uint32_t sum = 0;
  for (size_t i = 0; i < all->len; i++) sum += EXPORT(static_up_counter_take)(all->ptr[i]);
  EXPORT(list_own_up_counter_free)(all);
  return sum;
}

void EXPORT(split)(own_counter c, EXPORT(two_t) *ret) {
  counter *whole = EXPORT(up_counter_rep)(c);
  ret->second.is_some = whole->value > 1;
  if (ret->second.is_some) ret->second.val = counter_new(whole->value - whole->value / 2);
  whole->value /= ret->second.is_some ? 2 : 1;
  ret->first = c;
}

void EXPORT(keep)(own_counter c) {
  if (has_kept) EXPORT(up_counter_drop_own)(kept);
  kept = c;
  has_kept = true;
}

bool EXPORT(give_back)(own_counter *ret) {
  bool had = has_kept;
  if (had) *ret = kept;
  has_kept = false;
  return had;
}

uint32_t EXPORT(alive)(void) { return alive; }
uint32_t EXPORT(destroyed)(void) { return destroyed; }
