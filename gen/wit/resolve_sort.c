/*
 * Sort: topological order that keeps the order of the source where it can.
 *
 * Of all nodes whose needs are met, the one that comes first in the source is next; a binary heap finds it. Linear in
 * nodes and edges but for the heap.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/resolve_parts.h"

typedef struct index_vec {
  size_t *items;
  size_t count, cap;
} index_vec;

/* Users of each node, as one array: those of node i are users[first[i] .. first[i + 1]]. */
typedef struct users {
  size_t *first, *users;
} users;

static users users_collect(arena *a, const sort_edge_vec *edges, size_t count) {
  users u = {.first = arena_new_array(a, size_t, count + 2)};
  size_t total = 0;
  for (size_t i = 0; i < count; i++) {
    for (size_t e = 0; e < edges[i].count; e++) {
      u.first[edges[i].items[e].to + 2]++;
      total++;
    }
  }
  for (size_t i = 1; i < count; i++) {
    u.first[i + 1] += u.first[i];
  }
  /* first[i + 1] is where node i's users start now, and becomes their end while they are filled in */
  u.users = arena_new_array(a, size_t, total);
  for (size_t i = 0; i < count; i++) {
    for (size_t e = 0; e < edges[i].count; e++) {
      u.users[u.first[edges[i].items[e].to + 1]++] = i;
    }
  }
  return u;
}

static void heap_push(arena *a, index_vec *heap, size_t value) {
  vec_push(a, heap, value);
  size_t i = heap->count - 1;
  while (i > 0 && heap->items[(i - 1) / 2] > value) {
    heap->items[i] = heap->items[(i - 1) / 2];
    i = (i - 1) / 2;
  }
  heap->items[i] = value;
}

static size_t heap_pop(index_vec *heap) {
  size_t top = heap->items[0];
  size_t last = heap->items[--heap->count];
  size_t i = 0;
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= heap->count) {
      break;
    }
    if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child]) {
      child++;
    }
    if (heap->items[child] >= last) {
      break;
    }
    heap->items[i] = heap->items[child];
    i = child;
  }
  if (heap->count > 0) {
    heap->items[i] = last;
  }
  return top;
}

/* The first edge, in source order, between two nodes that could not be placed. */
static sort_edge edge_of_cycle(const sort_edge_vec *edges, const size_t *missing, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (size_t e = 0; missing[i] > 0 && e < edges[i].count; e++) {
      if (missing[edges[i].items[e].to] > 0) {
        return edges[i].items[e];
      }
    }
  }
  return (sort_edge){0, SPAN_NONE};
}

bool sort_topologically(arena *a, const sort_edge_vec *edges, size_t count, size_t *order, sort_edge *cycle) {
  users u = users_collect(a, edges, count);
  size_t *missing = arena_new_array(a, size_t, count);
  index_vec heap = {0};
  size_t done = 0;
  for (size_t i = 0; i < count; i++) {
    missing[i] = edges[i].count;
    if (missing[i] == 0) {
      heap_push(a, &heap, i);
    }
  }
  while (heap.count > 0) {
    size_t node = heap_pop(&heap);
    order[done++] = node;
    for (size_t k = u.first[node]; k < u.first[node + 1]; k++) {
      if (--missing[u.users[k]] == 0) {
        heap_push(a, &heap, u.users[k]);
      }
    }
  }
  if (done == count) {
    return true;
  }
  *cycle = edge_of_cycle(edges, missing, count);
  return false;
}
