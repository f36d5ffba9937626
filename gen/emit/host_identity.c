/*
 * Host identity: 64 bits that are equal for equal types, in whatever world they are written down. Types are structural
 * (canonical-abi/definitions.py compares them so); a resource is known by its name and where it is defined.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <inttypes.h>

#include "emit/host.h"

/* FNV-1a. */
uint64_t host_hash(str text) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < text.len; i++)
    hash = (hash ^ (uint8_t)text.ptr[i]) * 0x100000001b3u;
  return hash;
}

static void add_part(host *h, buf *key, const type *t) {
  buf_printf(key, ";%016" PRIx64, t ? host_identity(h, t) : 0);
}

static void add_resource(host *h, buf *key, const type *t) {
  if (t->owner.kind == OWNER_INTERFACE && t->owner.interface->name.len > 0)
    buf_add(key, interface_id_text(h->base.arena, t->owner.interface));
  buf_printf(key, "#%.*s", STR_ARG(t->name));
}

static uint64_t make_identity(host *h, const type *t) {
  buf key;
  buf_init(&key, h->base.arena);
  buf_printf(&key, "%d.%u", (int)t->kind, (unsigned)t->length);
  if (t->kind == TYPE_RESOURCE)
    add_resource(h, &key, t);
  for (size_t i = 0; i < t->members.count; i++) {
    buf_printf(&key, ",%.*s", STR_ARG(t->members.items[i].name));
    add_part(h, &key, t->members.items[i].type);
  }
  add_part(h, &key, t->key);
  add_part(h, &key, t->elem);
  add_part(h, &key, t->err);
  return host_hash(buf_str(&key)) | 1; /* 0: not known yet */
}

uint64_t host_identity(host *h, const type *t) {
  t = type_resolve(t);
  if (t->kind < TYPE_PRIMITIVES)
    return (uint64_t)t->kind + 1;
  if (!h->identities[t->id])
    h->identities[t->id] = make_identity(h, t);
  return h->identities[t->id];
}
