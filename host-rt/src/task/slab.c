/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Records of one size from chunks that are kept until the store closes. A record that was given back is the next to be
 * taken: it is in the cache.
 */
#include "machine.h"

enum { RECORDS_PER_CHUNK = 64 };

static size_t chunk_size(const withost__slab *slab) { return sizeof(void *) * 2 + slab->size * RECORDS_PER_CHUNK; }

static bool slab_grow(withost_store *store, withost__slab *slab) {
  uint8_t *chunk = withost__alloc(store, chunk_size(slab));
  if (!chunk) return false;
  memcpy(chunk, &slab->chunks, sizeof slab->chunks);
  slab->chunks = chunk;
  uint8_t *first = chunk + sizeof(void *) * 2;
  for (size_t n = RECORDS_PER_CHUNK; n-- > 0;) {
    void *record = first + n * slab->size;
    memcpy(record, &slab->free, sizeof slab->free);
    slab->free = record;
  }
  return true;
}

void *withost__slab_take(withost_store *store, withost__slab *slab) {
  if (!slab->free && !slab_grow(store, slab)) return NULL;
  void *record = slab->free;
  memcpy(&slab->free, record, sizeof slab->free);
  slab->used++;
  return record;
}

void withost__slab_give(withost__slab *slab, void *record) {
  memcpy(record, &slab->free, sizeof slab->free);
  slab->free = record;
  slab->used--;
}

void withost__slab_release(withost_store *store, withost__slab *slab) {
  while (slab->chunks) {
    void *chunk = slab->chunks;
    memcpy(&slab->chunks, chunk, sizeof slab->chunks);
    withost__free(store, chunk, chunk_size(slab));
  }
  slab->free = NULL;
}
