/*
 * Layout: how values lie in linear memory and travel as core parameters.
 *
 * layout_assign() walks the types once. Parts come before the whole in the model, so each type is computed from the
 * finished results of its parts: the work is linear in the size of the declarations, however often they refer to each
 * other. `*_fill` functions compute one kind of type into its `type_layout`; the public questions only read.
 *
 * Sizes are computed twice, with 32-bit and with 64-bit pointers: generated code uses the first, the limit on the size
 * of a value is defined over the second.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "abi/layout.h"

#include <assert.h>

enum { FLAT_LIMIT = MAX_FLAT_PARAMS, FLAT_TOO_MANY = MAX_FLAT_PARAMS + 1 };

#define VALUE_SIZE_LIMIT (UINT32_C(1) << 28)

/* The validators' 100 levels, less those of the function or instance, the world and the component around it. */
enum { VALUE_DEPTH_LIMIT = 97 };

/* Arithmetic that sticks at UINT32_MAX: a size that large is refused anyway. */

static uint32_t size_clamp(uint64_t size) {
  return size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
}

static uint32_t size_align(uint32_t size, uint32_t align) {
  return size_clamp(((uint64_t)size + align - 1) / align * align);
}

static uint32_t size_add(uint32_t a, uint32_t b) {
  return size_clamp((uint64_t)a + b);
}

static uint32_t max_u32(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

/* Types whose layout depends on nothing else: size, align, then the same with 64-bit pointers, flat types. */

#define SCALAR(bytes, core)                                                                                            \
  {                                                                                                                    \
    .size = bytes, .size64 = bytes, .align = bytes, .align64 = bytes, .depth = 1, .flat_count = 1, .flat = { core }    \
  }
#define POINTER_AND_LENGTH                                                                                             \
  {                                                                                                                    \
    .size = 8, .size64 = 16, .align = 4, .align64 = 8, .depth = 1, .flat_count = 2, .flat = { CORE_I32, CORE_I32 }     \
  }

static const type_layout primitive_layouts[TYPE_PRIMITIVES] = {
    [TYPE_BOOL] = SCALAR(1, CORE_I32),  [TYPE_U8] = SCALAR(1, CORE_I32),
    [TYPE_U16] = SCALAR(2, CORE_I32),   [TYPE_U32] = SCALAR(4, CORE_I32),
    [TYPE_U64] = SCALAR(8, CORE_I64),   [TYPE_S8] = SCALAR(1, CORE_I32),
    [TYPE_S16] = SCALAR(2, CORE_I32),   [TYPE_S32] = SCALAR(4, CORE_I32),
    [TYPE_S64] = SCALAR(8, CORE_I64),   [TYPE_F32] = SCALAR(4, CORE_F32),
    [TYPE_F64] = SCALAR(8, CORE_F64),   [TYPE_CHAR] = SCALAR(4, CORE_I32),
    [TYPE_STRING] = POINTER_AND_LENGTH, [TYPE_ERROR_CONTEXT] = SCALAR(4, CORE_I32),
};

static const type_layout list_layout = POINTER_AND_LENGTH;
static const type_layout handle_layout = SCALAR(4, CORE_I32);

static const type_layout *layout_of(const type *t) {
  if (t->kind < TYPE_PRIMITIVES)
    return &primitive_layouts[t->kind];
  assert(t->layout.align != 0 && "layout_assign() was not called");
  return &t->layout;
}

/* Of a part: laid out now if the model happens to list it later than the whole. */
static const type_layout *part_layout(const type *t) {
  if (t->kind >= TYPE_PRIMITIVES && t->layout.align == 0)
    layout_assign_type((type *)(uintptr_t)t);
  return layout_of(t);
}

static void depth_include(type_layout *out, const type_layout *part) {
  if (part->depth >= out->depth) {
    out->depth = part->depth == UINT8_MAX ? UINT8_MAX : (uint8_t)(part->depth + 1);
  }
}

/* Records: members one after the other, each at its alignment. */

static void flat_append(type_layout *out, const type_layout *part) {
  for (unsigned i = 0; i < part->flat_count; i++) {
    if (out->flat_count == FLAT_TOO_MANY)
      return;
    if (out->flat_count < FLAT_LIMIT && i < FLAT_LIMIT)
      out->flat[out->flat_count] = part->flat[i];
    out->flat_count++;
  }
}

/* Appends one member and returns its offset. */
static uint32_t record_append(type_layout *out, const type_layout *part) {
  uint32_t offset = size_align(out->size, part->align);
  out->size = size_add(offset, part->size);
  out->size64 = size_add(size_align(out->size64, part->align64), part->size64);
  if (part->align > out->align)
    out->align = part->align;
  if (part->align64 > out->align64)
    out->align64 = part->align64;
  depth_include(out, part);
  flat_append(out, part);
  return offset;
}

static void record_finish(type_layout *out) {
  out->size = size_align(out->size, out->align);
  out->size64 = size_align(out->size64, out->align64);
}

static void record_fill(type_layout *out, const member_vec *members) {
  out->align = out->align64 = 1;
  for (size_t i = 0; i < members->count; i++) {
    members->items[i].offset = record_append(out, part_layout(members->items[i].type));
  }
  record_finish(out);
}

static void fixed_list_fill(type_layout *out, const type *t) {
  const type_layout *elem = part_layout(t->elem);
  depth_include(out, elem);
  out->align = elem->align;
  out->align64 = elem->align64;
  out->size = size_clamp((uint64_t)elem->size * t->length);
  out->size64 = size_clamp((uint64_t)elem->size64 * t->length);
  for (uint32_t i = 0; i < t->length && out->flat_count < FLAT_TOO_MANY && elem->flat_count > 0; i++) {
    flat_append(out, elem);
  }
}

/* Variants: a discriminant, then one payload area that every case shares. */

static uint8_t discriminant_size(size_t cases) {
  return cases <= 0x100 ? 1 : cases <= 0x10000 ? 2 : 4;
}

static size_t case_count(const type *t) {
  return t->kind == TYPE_OPTION || t->kind == TYPE_RESULT ? 2 : t->members.count;
}

/* Makes room in the payload area, whose slots follow the discriminant's, for one case. */
static void variant_join(type_layout *out, const type_layout *part) {
  for (unsigned i = 0; i < part->flat_count; i++) {
    unsigned slot = i + 1;
    if (slot >= FLAT_LIMIT) {
      out->flat_count = FLAT_TOO_MANY;
      return;
    }
    bool taken = slot < out->flat_count;
    core_type have = (core_type)(taken ? out->flat[slot] : part->flat[i]);
    out->flat[slot] = (uint8_t)layout_join(have, (core_type)part->flat[i]);
    if (!taken)
      out->flat_count = (uint8_t)(slot + 1);
  }
}

static void variant_add_case(type_layout *out, const type *payload, uint32_t *size, uint32_t *size64) {
  if (!payload)
    return;
  const type_layout *part = part_layout(payload);
  if (part->align > out->align)
    out->align = part->align;
  if (part->align64 > out->align64)
    out->align64 = part->align64;
  *size = max_u32(*size, part->size);
  *size64 = max_u32(*size64, part->size64);
  depth_include(out, part);
  variant_join(out, part);
}

static void variant_fill(type_layout *out, const type *t) {
  uint8_t discriminant = discriminant_size(case_count(t));
  uint32_t size = 0, size64 = 0;
  out->align = out->align64 = discriminant;
  out->flat[0] = CORE_I32;
  out->flat_count = 1;
  for (size_t i = 0; i < t->members.count; i++)
    variant_add_case(out, t->members.items[i].type, &size, &size64);
  variant_add_case(out, t->elem, &size, &size64);
  variant_add_case(out, t->err, &size, &size64);
  /* the payload starts behind the discriminant at the alignment of the widest case, which may exceed its own */
  out->payload = max_u32(discriminant, out->align);
  out->size = size_add(out->payload, size);
  out->size64 = size_add(max_u32(discriminant, out->align64), size64);
  record_finish(out);
}

static void flags_fill(type_layout *out, size_t count) {
  uint8_t bytes = count <= 8 ? 1 : count <= 16 ? 2 : 4;
  out->size = out->size64 = bytes;
  out->align = out->align64 = bytes;
  out->flat[0] = CORE_I32;
  out->flat_count = 1;
}

/* Lists, maps, handles, streams, futures: of one layout whatever their parts. */
static void indirect_fill(type_layout *out, const type *t) {
  const type *parts[] = {t->key, t->elem};
  *out = t->kind == TYPE_LIST || t->kind == TYPE_MAP ? list_layout : handle_layout;
  for (size_t i = 0; i < 2; i++) {
    if (parts[i]) {
      depth_include(out, part_layout(parts[i]));
    }
  }
}

void layout_assign_type(type *t) {
  if (t->kind < TYPE_PRIMITIVES || t->layout.align != 0)
    return;
  type_layout out = {0};
  switch (t->kind) {
  case TYPE_RECORD:
  case TYPE_TUPLE: record_fill(&out, &t->members); break;
  case TYPE_FIXED_LIST: fixed_list_fill(&out, t); break;
  case TYPE_VARIANT:
  case TYPE_ENUM:
  case TYPE_OPTION:
  case TYPE_RESULT: variant_fill(&out, t); break;
  case TYPE_FLAGS: flags_fill(&out, t->members.count); break;
  case TYPE_ALIAS: out = *part_layout(t->elem); break;
  default: indirect_fill(&out, t); break;
  }
  t->layout = out;
}

void layout_assign_params(param_vec *params) {
  type_layout out = {.align = 1, .align64 = 1};
  for (size_t i = 0; i < params->count; i++) {
    params->items[i].offset = record_append(&out, part_layout(params->items[i].type));
  }
}

static void world_items_assign(const world_item_vec *items) {
  for (size_t i = 0; i < items->count; i++) {
    if (items->items[i].kind == ITEM_FUNC)
      layout_assign_params(&items->items[i].func->params);
  }
}

void layout_assign(model *m) {
  for (size_t i = 0; i < m->types.count; i++)
    layout_assign_type(m->types.items[i]);
  for (size_t i = 0; i < m->interfaces.count; i++) {
    const func_vec *funcs = &m->interfaces.items[i]->funcs;
    for (size_t j = 0; j < funcs->count; j++)
      layout_assign_params(&funcs->items[j]->params);
  }
  for (size_t i = 0; i < m->worlds.count; i++) {
    world_items_assign(&m->worlds.items[i]->imports);
    world_items_assign(&m->worlds.items[i]->exports);
  }
}

/* Questions about memory */

uint32_t layout_size(const type *t) {
  return layout_of(t)->size;
}

uint32_t layout_align(const type *t) {
  return layout_of(t)->align;
}

bool layout_too_large(const type *t) {
  return layout_of(t)->size64 >= VALUE_SIZE_LIMIT;
}

bool layout_too_deep(const type *t) {
  return layout_of(t)->depth > VALUE_DEPTH_LIMIT;
}

uint32_t layout_discriminant(const type *t) {
  return discriminant_size(case_count(type_resolve(t)));
}

uint32_t layout_payload_offset(const type *t) {
  return layout_of(t)->payload;
}

uint32_t layout_member_offset(const type *t, size_t index) {
  return type_resolve(t)->members.items[index].offset;
}

uint32_t layout_params_size(const param_vec *params) {
  if (params->count == 0)
    return 0;
  const param *last = &params->items[params->count - 1];
  return size_align(size_add(last->offset, layout_size(last->type)), layout_params_align(params));
}

uint32_t layout_params_align(const param_vec *params) {
  uint32_t align = 1;
  for (size_t i = 0; i < params->count; i++)
    align = max_u32(align, layout_align(params->items[i].type));
  return align;
}

uint32_t layout_param_offset(const param_vec *params, size_t index) {
  return params->items[index].offset;
}

/* Questions about core types */

core_type layout_join(core_type a, core_type b) {
  if (a == b)
    return a;
  bool both_32 = (a == CORE_I32 || a == CORE_F32) && (b == CORE_I32 || b == CORE_F32);
  return both_32 ? CORE_I32 : CORE_I64;
}

static size_t flat_copy(const type_layout *from, core_type *out, size_t max) {
  assert(max <= FLAT_LIMIT);
  for (size_t i = 0; i < from->flat_count && i < max; i++)
    out[i] = (core_type)from->flat[i];
  return from->flat_count > max ? max + 1 : from->flat_count;
}

size_t layout_flatten(const type *t, core_type *out, size_t max) {
  return flat_copy(layout_of(t), out, max);
}

size_t layout_flatten_params(const param_vec *params, core_type *out, size_t max) {
  type_layout all = {0};
  for (size_t i = 0; i < params->count && all.flat_count < FLAT_TOO_MANY; i++) {
    flat_append(&all, layout_of(params->items[i].type));
  }
  return flat_copy(&all, out, max);
}

/* Flat parameters if they fit into `max`, else one pointer to where they lie. */
static void signature_add_params(func_signature *s, const param_vec *params, size_t max) {
  s->param_count = layout_flatten_params(params, s->params, max);
  if (s->param_count <= max)
    return;
  s->params_spilled = true;
  s->params[0] = CORE_I32;
  s->param_count = 1;
}

static void signature_set_result(func_signature *s, core_type result) {
  s->has_result = true;
  s->result = result;
}

func_signature layout_signature(const func *f, func_abi abi) {
  func_signature s = {0};
  signature_add_params(&s, &f->params, abi == ABI_IMPORT_ASYNC ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS);
  core_type flat = CORE_I32;
  size_t results = f->result ? layout_flatten(f->result, &flat, MAX_FLAT_RESULTS) : 0;
  bool is_import = abi == ABI_IMPORT_SYNC || abi == ABI_IMPORT_ASYNC;
  switch (abi) {
  case ABI_IMPORT_SYNC:
  case ABI_EXPORT_SYNC:
    s.result_spilled = results > MAX_FLAT_RESULTS;
    if (results == 1)
      signature_set_result(&s, flat);
    if (s.result_spilled && !is_import)
      signature_set_result(&s, CORE_I32);
    break;
  case ABI_IMPORT_ASYNC:
    s.result_spilled = results > 0;
    signature_set_result(&s, CORE_I32); /* subtask status */
    break;
  case ABI_EXPORT_ASYNC_CALLBACK:
    signature_set_result(&s, CORE_I32); /* callback code; the value leaves through task.return */
    break;
  }
  if (s.result_spilled && is_import)
    s.params[s.param_count++] = CORE_I32;
  return s;
}

func_signature layout_task_return(const func *f) {
  func_signature s = {0};
  if (!f->result)
    return s;
  s.param_count = layout_flatten(f->result, s.params, MAX_FLAT_PARAMS);
  if (s.param_count > MAX_FLAT_PARAMS) {
    s.params_spilled = true;
    s.params[0] = CORE_I32;
    s.param_count = 1;
  }
  return s;
}
