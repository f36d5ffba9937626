
void w_error_context_drop(w_error_context_t context) {
  __error_context_drop(context);
}

void demo_drops_i_list_plain_free(demo_drops_i_list_plain_t *ptr) {
  if (ptr->len > 0)
    free(ptr->ptr);
}

void demo_drops_i_memory_free(demo_drops_i_memory_t *ptr) {
  w_string_free(&ptr->b);
  demo_drops_i_list_plain_free(&ptr->c);
}

void demo_drops_i_handles_drop(demo_drops_i_handles_t *ptr) {
  demo_drops_i_r_drop_own(ptr->mine);
  demo_drops_i_stream_u8_drop_readable(ptr->bytes);
  demo_drops_i_future_void_drop_readable(ptr->done);
  w_error_context_drop(ptr->error);
}

void demo_drops_i_list_own_r_free(demo_drops_i_list_own_r_t *ptr) {
  if (ptr->len > 0)
    free(ptr->ptr);
}

void demo_drops_i_list_own_r_drop(demo_drops_i_list_own_r_t *ptr) {
  for (size_t i = 0; i < ptr->len; i++)
    demo_drops_i_r_drop_own(ptr->ptr[i]);
  if (ptr->len > 0)
    free(ptr->ptr);
}

void w_list_u8_free(w_list_u8_t *ptr) {
  if (ptr->len > 0)
    free(ptr->ptr);
}

void w_map_string_list_u8_free(w_map_string_list_u8_t *ptr) {
  for (size_t i = 0; i < ptr->len; i++) {
    w_string_free(&ptr->ptr[i].key);
    w_list_u8_free(&ptr->ptr[i].value);
  }
  if (ptr->len > 0)
    free(ptr->ptr);
}

void demo_drops_i_list3_own_r_drop(demo_drops_i_list3_own_r_t *ptr) {
  for (size_t i = 0; i < 3; i++)
    demo_drops_i_r_drop_own(ptr->f[i]);
}

void demo_drops_i_both_free(demo_drops_i_both_t *ptr) {
  demo_drops_i_memory_free(&ptr->m);
  demo_drops_i_list_own_r_free(&ptr->l);
  w_map_string_list_u8_free(&ptr->k);
}

void demo_drops_i_both_drop(demo_drops_i_both_t *ptr) {
  demo_drops_i_memory_free(&ptr->m);
  demo_drops_i_handles_drop(&ptr->h);
  demo_drops_i_list_own_r_drop(&ptr->l);
  w_map_string_list_u8_free(&ptr->k);
  demo_drops_i_list3_own_r_drop(&ptr->n);
}

void demo_drops_i_lent_drop(demo_drops_i_lent_t *ptr) {
  demo_drops_i_r_drop_borrow(ptr->who);
}

void demo_drops_i_some_free(demo_drops_i_some_t *ptr) {
  switch (ptr->tag) {
  case 2:
    w_string_free(&ptr->val.text);
    break;
  case 4:
    demo_drops_i_both_free(&ptr->val.all);
    break;
  default:
    break;
  }
}

void demo_drops_i_some_drop(demo_drops_i_some_t *ptr) {
  switch (ptr->tag) {
  case 2:
    w_string_free(&ptr->val.text);
    break;
  case 3:
    demo_drops_i_r_drop_own(ptr->val.handle);
    break;
  case 4:
    demo_drops_i_both_drop(&ptr->val.all);
    break;
  default:
    break;
  }
}

void demo_drops_i_again_free(demo_drops_i_again_t *ptr) {
  demo_drops_i_both_free(ptr);
}

void demo_drops_i_again_drop(demo_drops_i_again_t *ptr) {
  demo_drops_i_both_drop(ptr);
}

void demo_drops_i_option_own_r_free(demo_drops_i_option_own_r_t *ptr) {
  (void)ptr;
}

void demo_drops_i_option_own_r_drop(demo_drops_i_option_own_r_t *ptr) {
  if (ptr->is_some)
    demo_drops_i_r_drop_own(ptr->val);
}

void demo_drops_i_result_string_void_free(demo_drops_i_result_string_void_t *ptr) {
  if (!ptr->is_err)
    w_string_free(&ptr->val.ok);
}

void demo_drops_i_result_option_own_r_result_string_void_free(demo_drops_i_result_option_own_r_result_string_void_t *ptr) {
  if (!ptr->is_err)
    demo_drops_i_option_own_r_free(&ptr->val.ok);
  if (ptr->is_err)
    demo_drops_i_result_string_void_free(&ptr->val.err);
}

void demo_drops_i_result_option_own_r_result_string_void_drop(demo_drops_i_result_option_own_r_result_string_void_t *ptr) {
  if (!ptr->is_err)
    demo_drops_i_option_own_r_drop(&ptr->val.ok);
  if (ptr->is_err)
    demo_drops_i_result_string_void_free(&ptr->val.err);
}

void exports_demo_drops_i_list_plain_free(exports_demo_drops_i_list_plain_t *ptr) {
  if (ptr->len > 0)
    free(ptr->ptr);
}

void exports_demo_drops_i_memory_free(exports_demo_drops_i_memory_t *ptr) {
  w_string_free(&ptr->b);
  exports_demo_drops_i_list_plain_free(&ptr->c);
}

void exports_demo_drops_i_handles_drop(exports_demo_drops_i_handles_t *ptr) {
  exports_demo_drops_i_r_drop_own(ptr->mine);
  exports_demo_drops_i_stream_u8_drop_readable(ptr->bytes);
  exports_demo_drops_i_future_void_drop_readable(ptr->done);
  w_error_context_drop(ptr->error);
}

void exports_demo_drops_i_list_own_r_free(exports_demo_drops_i_list_own_r_t *ptr) {
  if (ptr->len > 0)
    free(ptr->ptr);
}

void exports_demo_drops_i_list_own_r_drop(exports_demo_drops_i_list_own_r_t *ptr) {
  for (size_t i = 0; i < ptr->len; i++)
    exports_demo_drops_i_r_drop_own(ptr->ptr[i]);
  if (ptr->len > 0)
    free(ptr->ptr);
}

void exports_demo_drops_i_list3_own_r_drop(exports_demo_drops_i_list3_own_r_t *ptr) {
  for (size_t i = 0; i < 3; i++)
    exports_demo_drops_i_r_drop_own(ptr->f[i]);
}

void exports_demo_drops_i_both_free(exports_demo_drops_i_both_t *ptr) {
  exports_demo_drops_i_memory_free(&ptr->m);
  exports_demo_drops_i_list_own_r_free(&ptr->l);
  w_map_string_list_u8_free(&ptr->k);
}

void exports_demo_drops_i_both_drop(exports_demo_drops_i_both_t *ptr) {
  exports_demo_drops_i_memory_free(&ptr->m);
  exports_demo_drops_i_handles_drop(&ptr->h);
  exports_demo_drops_i_list_own_r_drop(&ptr->l);
  w_map_string_list_u8_free(&ptr->k);
  exports_demo_drops_i_list3_own_r_drop(&ptr->n);
}

void exports_demo_drops_i_some_free(exports_demo_drops_i_some_t *ptr) {
  switch (ptr->tag) {
  case 2:
    w_string_free(&ptr->val.text);
    break;
  case 4:
    exports_demo_drops_i_both_free(&ptr->val.all);
    break;
  default:
    break;
  }
}

void exports_demo_drops_i_some_drop(exports_demo_drops_i_some_t *ptr) {
  switch (ptr->tag) {
  case 2:
    w_string_free(&ptr->val.text);
    break;
  case 3:
    exports_demo_drops_i_r_drop_own(ptr->val.handle);
    break;
  case 4:
    exports_demo_drops_i_both_drop(&ptr->val.all);
    break;
  default:
    break;
  }
}

void exports_demo_drops_i_again_free(exports_demo_drops_i_again_t *ptr) {
  exports_demo_drops_i_both_free(ptr);
}

void exports_demo_drops_i_again_drop(exports_demo_drops_i_again_t *ptr) {
  exports_demo_drops_i_both_drop(ptr);
}

void exports_demo_drops_i_option_own_r_free(exports_demo_drops_i_option_own_r_t *ptr) {
  (void)ptr;
}

void exports_demo_drops_i_option_own_r_drop(exports_demo_drops_i_option_own_r_t *ptr) {
  if (ptr->is_some)
    exports_demo_drops_i_r_drop_own(ptr->val);
}

void exports_demo_drops_i_result_string_void_free(exports_demo_drops_i_result_string_void_t *ptr) {
  if (!ptr->is_err)
    w_string_free(&ptr->val.ok);
}

void exports_demo_drops_i_result_option_own_r_result_string_void_free(exports_demo_drops_i_result_option_own_r_result_string_void_t *ptr) {
  if (!ptr->is_err)
    exports_demo_drops_i_option_own_r_free(&ptr->val.ok);
  if (ptr->is_err)
    exports_demo_drops_i_result_string_void_free(&ptr->val.err);
}

void exports_demo_drops_i_result_option_own_r_result_string_void_drop(exports_demo_drops_i_result_option_own_r_result_string_void_t *ptr) {
  if (!ptr->is_err)
    exports_demo_drops_i_option_own_r_drop(&ptr->val.ok);
  if (ptr->is_err)
    exports_demo_drops_i_result_string_void_free(&ptr->val.err);
}

void w_string_free(w_string_t *ret) {
  if (ret->len > 0)
    free(ret->ptr);
  ret->ptr = NULL;
  ret->len = 0;
}

void w_subtask_drop(w_subtask_t subtask) {
  __subtask_drop(subtask);
}

void w_waitable_set_drop(w_waitable_set_t set) {
  __waitable_set_drop(set);
}
