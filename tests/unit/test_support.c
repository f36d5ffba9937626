/*
 * Support: arena, vectors, text and tables.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "syntax_help.h"

#include "support/table.h"

static bool is_zero(const unsigned char *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] != 0) {
      return false;
    }
  }
  return true;
}

static void arena_memory_is_zeroed_and_aligned(void **state) {
  fixture *f = *state;
  for (size_t size = 0; size < 3000000; size = size * 3 / 2 + 1) {
    unsigned char *object = arena_alloc(&f->arena, size);
    assert_non_null(object);
    assert_int_equal((uintptr_t)object % _Alignof(max_align_t), 0);
    assert_true(is_zero(object, size));
    if (size > 0) {
      memset(object, 0xff, size);
    }
  }
}

static void arena_growth_keeps_bytes_and_zeroes_new_ones(void **state) {
  fixture *f = *state;
  unsigned char *object = NULL;
  size_t old_size = 0;
  for (size_t size = 1; size < 5000000; size *= 3) {
    object = arena_grow(&f->arena, object, old_size, size);
    assert_true(is_zero(object + old_size, size - old_size));
    for (size_t i = 0; i < old_size; i++) {
      assert_int_equal(object[i], (unsigned char)i);
    }
    for (size_t i = old_size; i < size; i++) {
      object[i] = (unsigned char)i;
    }
    if (size % 2 == 1 && size > 20) {
      arena_alloc(&f->arena, 1); /* no longer the newest: it has to move */
    }
    old_size = size;
  }
}

/* What was allocated before a mark stays; what came after is there again, zeroed; sizes make blocks of each kind. */
static void arena_goes_back_to_a_mark(void **state) {
  static const size_t sizes[] = {1, 100, 20000, 300000, 900000, 3000000, 7};
  fixture *f = *state;
  for (size_t before = 0; before < 4; before++) {
    unsigned char *kept = arena_alloc(&f->arena, sizes[before]);
    memset(kept, 0xaa, sizes[before]);
    arena_mark mark = arena_mark_now(&f->arena);
    unsigned char *first = NULL;
    for (int round = 0; round < 3; round++) {
      for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *object = arena_alloc(&f->arena, sizes[i]);
        assert_true(is_zero(object, sizes[i]));
        memset(object, 0xff, sizes[i]);
        first = first == NULL ? object : first;
        assert_true(i > 0 || object == first); /* the same memory in each round */
      }
      arena_rewind(&f->arena, mark);
      for (size_t i = 0; i < sizes[before]; i++) {
        assert_int_equal(kept[i], 0xaa);
      }
    }
  }
}

typedef struct int_vec {
  int *items;
  size_t count, cap;
} int_vec;

static void vec_keeps_what_is_pushed(void **state) {
  fixture *f = *state;
  int_vec v = {0};
  for (int i = 0; i < 100000; i++) {
    vec_push(&f->arena, &v, i);
  }
  for (int i = 0; i < 100000; i++) {
    assert_int_equal(v.items[i], i);
  }
}

static void text_functions_clamp_and_compare(void **state) {
  fixture *f = *state;
  const str none = {0};
  assert_true(str_eq(none, STR("")));
  assert_true(str_compare(none, STR("a")) < 0 && str_compare(STR("ab"), STR("a")) > 0);
  assert_true(str_compare(STR("\x7f"), STR("\x80")) < 0); /* bytes are unsigned */
  assert_str(str_sub(STR("abc"), 1, 99), "bc");
  assert_str(str_sub(STR("abc"), 2, 1), "");
  assert_int_equal(str_find(STR("abca"), 'a', 1), 3);
  assert_int_equal(str_find(STR("abc"), 'x', 0), 3);
  assert_int_equal(str_find(none, 'x', 5), 0);
  assert_true(str_starts_with(STR("abc"), "ab") && !str_starts_with(STR("a"), "ab"));
  assert_true(str_ends_with(STR("abc"), "bc") && !str_ends_with(STR("c"), "bc"));
  assert_string_equal(str_c(&f->arena, str_sub(STR("abc"), 0, 2)), "ab");
  assert_str(str_format(&f->arena, "%s-%d", "a", 5), "a-5");
}

static void buf_takes_texts_of_any_length(void **state) {
  fixture *f = *state;
  buf b;
  buf_init(&b, &f->arena);
  assert_str(buf_str(&b), "");
  size_t expected = 0;
  for (int width = 1; width < 2000; width += 7) {
    buf_printf(&b, "%*d", width, 5);
    buf_add_byte(&b, '\n');
    expected += (size_t)width + 1;
  }
  assert_int_equal(b.count, expected);
  assert_int_equal(strlen(buf_str(&b).ptr), expected);
}

static void table_finds_the_first_value_of_a_key(void **state) {
  fixture *f = *state;
  static int one, two;
  table t;
  table_init(&t, &f->arena);
  assert_null(table_get(&t, STR("a")));
  assert_null(table_add(&t, STR("a"), &one));
  assert_ptr_equal(table_add(&t, STR("a"), &two), &one);
  assert_ptr_equal(table_get(&t, STR("a")), &one);
  assert_null(table_add(&t, (str){0}, &two)); /* the empty text is a key like others */
  assert_ptr_equal(table_get(&t, STR("")), &two);
  for (int i = 0; i < 20000; i++) {
    str key = str_format(&f->arena, "key-%d", i);
    assert_null(table_add(&t, key, (void *)(uintptr_t)key.ptr));
  }
  str key = STR("key-12345");
  assert_memory_equal(table_get(&t, key), key.ptr, key.len);
  table_release(&t);
  assert_null(table_get(&t, key));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(arena_memory_is_zeroed_and_aligned), FIXTURE_TEST(arena_growth_keeps_bytes_and_zeroes_new_ones),
      FIXTURE_TEST(arena_goes_back_to_a_mark),
      FIXTURE_TEST(vec_keeps_what_is_pushed),           FIXTURE_TEST(text_functions_clamp_and_compare),
      FIXTURE_TEST(buf_takes_texts_of_any_length),      FIXTURE_TEST(table_finds_the_first_value_of_a_key),
  };
  return cmocka_run_group_tests_name("support", tests, NULL, NULL);
}
