/*
 * Core names: the legacy mangling that component tools look for.
 *
 * Expected spellings were tried against wit-component, which refuses or ignores every other.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "abi/core_names.h"
#include "support/vec.h"

static arena memory;

static int memory_start(void **state) {
  (void)state;
  arena_init(&memory);
  return 0;
}

static int memory_end(void **state) {
  (void)state;
  arena_release(&memory);
  return 0;
}

#define assert_text(have, want) assert_string_equal(str_c(&memory, (have)), (want))

static world_item make_interface_item(const char *label) {
  package *p = arena_new(&memory, package);
  p->name = (package_name){.ns = STR("ns"), .name = STR("pkg"), .has_version = true, .version = {.major = 1}};
  interface *i = arena_new(&memory, interface);
  i->name = STR("iface");
  i->package = p;
  return (world_item){.kind = ITEM_INTERFACE, .name = str_of(label), .interface = i};
}

static void test_modules(void **state) {
  (void)state;
  world_item by_id = make_interface_item("");
  assert_text(core_import_module(&memory, &by_id), "ns:pkg/iface@1.0.0");
  assert_text(core_export_intrinsic_module(&memory, &by_id), "[export]ns:pkg/iface@1.0.0");
  /* an inline or named import goes by its label */
  world_item labelled = make_interface_item("label");
  assert_text(core_import_module(&memory, &labelled), "label");
  func f = {.name = STR("f")};
  world_item root = {.kind = ITEM_FUNC, .name = STR("f"), .func = &f};
  assert_text(core_import_module(&memory, &root), "$root");
  assert_text(core_export_intrinsic_module(&memory, &root), "[export]$root");
}

static void test_functions(void **state) {
  (void)state;
  world_item i = make_interface_item("");
  func f = {.name = STR("[method]r.m")};
  assert_text(core_export_name(&memory, &i, &f), "ns:pkg/iface@1.0.0#[method]r.m");
  assert_text(core_async_export_name(&memory, &i, &f), "[async-lift]ns:pkg/iface@1.0.0#[method]r.m");
  assert_text(core_callback_name(&memory, &i, &f), "[callback][async-lift]ns:pkg/iface@1.0.0#[method]r.m");
  assert_text(core_post_return_name(&memory, &i, &f), "cabi_post_ns:pkg/iface@1.0.0#[method]r.m");
  assert_text(core_async_import_name(&memory, &f), "[async-lower][method]r.m");
  assert_text(core_task_return_name(&memory, &f), "[task-return][method]r.m");
  func g = {.name = STR("g")};
  world_item root = {.kind = ITEM_FUNC, .name = STR("g"), .func = &g};
  assert_text(core_export_name(&memory, &root, &g), "g");
}

static void test_resources(void **state) {
  (void)state;
  type r = {.kind = TYPE_RESOURCE, .name = STR("two-words")};
  assert_text(core_resource_drop_name(&memory, &r), "[resource-drop]two-words");
  assert_text(core_resource_new_name(&memory, &r), "[resource-new]two-words");
  assert_text(core_resource_rep_name(&memory, &r), "[resource-rep]two-words");
  /* the WIT name: with another spelling the tools do not see a destructor and leave it out without a word */
  world_item i = make_interface_item("");
  assert_text(core_destructor_name(&memory, &i, &r), "ns:pkg/iface@1.0.0#[dtor]two-words");
}

static type *make(type_kind kind, const type *elem) {
  type *t = arena_new(&memory, type);
  t->kind = kind;
  t->elem = elem;
  return t;
}

static void add_param(func *f, const type *t) {
  param p = {.type = t};
  vec_push(&memory, &f->params, p);
}

/* foo: func(x: future<future<u32>>, y: u32) -> stream<u8>: a payload comes before its carrier. */
static void test_numbering(void **state) {
  (void)state;
  const type *inner = make(TYPE_FUTURE, type_primitive(TYPE_U32));
  const type *outer = make(TYPE_FUTURE, inner);
  const type *stream = make(TYPE_STREAM, type_primitive(TYPE_U8));
  func f = {.name = STR("foo"), .result = stream};
  add_param(&f, outer);
  add_param(&f, type_primitive(TYPE_U32));
  core_payload_vec p = core_payloads(&memory, &f);
  assert_int_equal(p.count, 3);
  assert_ptr_equal(p.items[0].type, inner);
  assert_ptr_equal(p.items[1].type, outer);
  assert_ptr_equal(p.items[2].type, stream);
  assert_int_equal(p.items[2].index, 2);
  assert_text(core_copy_name(&memory, CORE_COPY_READ, &p.items[2], &f, true), "[async-lower][stream-read-2]foo");
  assert_text(core_copy_name(&memory, CORE_COPY_DROP_WRITABLE, &p.items[0], &f, false), "[future-drop-writable-0]foo");
}

/* Each occurrence takes a number; handles are not looked into. */
static void test_numbering_repeats(void **state) {
  (void)state;
  const type *stream = make(TYPE_STREAM, NULL);
  type *pair = make(TYPE_TUPLE, NULL);
  for (int i = 0; i < 2; i++) {
    member m = {.type = stream};
    vec_push(&memory, &pair->members, m);
  }
  const type *future = make(TYPE_FUTURE, pair);
  func f = {.name = STR("f"), .result = future};
  add_param(&f, pair);
  add_param(&f, make(TYPE_BORROW, stream));
  core_payload_vec p = core_payloads(&memory, &f);
  assert_int_equal(p.count, 2);
  assert_int_equal(p.items[0].index, 0); /* the stream: 0, 1 in the parameter, 2, 3 in the result's payload */
  assert_int_equal(p.items[1].index, 4);
}

/* Doubling 64 times over: counted, not walked. */
static void test_numbering_is_linear(void **state) {
  (void)state;
  const type *t = make(TYPE_STREAM, NULL);
  for (int i = 0; i < 64; i++) {
    type *twice = make(TYPE_RESULT, t);
    twice->err = t;
    t = twice;
  }
  func f = {.name = STR("f"), .result = t};
  assert_int_equal(core_payloads(&memory, &f).count, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_modules),           cmocka_unit_test(test_functions),
      cmocka_unit_test(test_resources),         cmocka_unit_test(test_numbering),
      cmocka_unit_test(test_numbering_repeats), cmocka_unit_test(test_numbering_is_linear),
  };
  return cmocka_run_group_tests_name("core names", tests, memory_start, memory_end);
}
