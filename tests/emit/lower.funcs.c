__attribute__((__import_module__("demo:lower/i"), __import_name__("scalars")))
extern int16_t __wasm_import_demo_lower_i_scalars(int8_t a, uint16_t b, uint32_t c, bool d);

__attribute__((__import_module__("demo:lower/i"), __import_name__("single")))
extern void __wasm_import_demo_lower_i_single(bool o_is_some, uint32_t o, bool r_is_err, uint8_t r_err,
    w_option_u32_t *ret);

__attribute__((__import_module__("demo:lower/i"), __import_name__("strings")))
extern void __wasm_import_demo_lower_i_strings(uint8_t *s_ptr, size_t s_len, w_string_t *ret);

__attribute__((__import_module__("demo:lower/i"), __import_name__("joined")))
extern void __wasm_import_demo_lower_i_joined(uint8_t s_tag, uint64_t s_val0, size_t s_label_len,
    demo_lower_i_result_shape_string_t *ret);

__attribute__((__import_module__("demo:lower/i"), __import_name__("nested")))
extern void __wasm_import_demo_lower_i_nested(uint8_t p_x, bool p_name_is_some, uint8_t *p_name_ptr,
    size_t p_name_len, bool o_is_some, uint8_t o_tag, uint64_t o_val0, size_t o_label_len);

__attribute__((__import_module__("demo:lower/i"), __import_name__("spilled")))
extern void __wasm_import_demo_lower_i_spilled(const void *params);

__attribute__((__import_module__("demo:lower/i"), __import_name__("[async-lower]later")))
extern w_subtask_status_t __wasm_import_demo_lower_i_later(const void *params, demo_lower_i_point_t *ret);

__attribute__((__import_module__("demo:lower/i"), __import_name__("wrapped")))
extern uint8_t __wasm_import_demo_lower_i_wrapped(uint8_t p_f0);

__attribute__((__import_module__("[export]demo:lower/i"), __import_name__("[task-return]later")))
extern void __wasm_export_exports_demo_lower_i_later__task_return(uint8_t ret_x, bool ret_name_is_some,
    uint8_t *ret_name_ptr, size_t ret_name_len);

/* Imported: demo:lower/i */

int16_t demo_lower_i_scalars(int8_t a, uint16_t b, uint32_t c, bool d) {
  return __wasm_import_demo_lower_i_scalars(a, b, c, d);
}

bool demo_lower_i_single(uint32_t *maybe_o, demo_lower_i_result_void_u8_t *r, uint32_t *ret) {
  w_option_u32_t option;
  __wasm_import_demo_lower_i_single(maybe_o != NULL, maybe_o != NULL ? *maybe_o : 0, r->is_err,
      r->is_err ? r->val.err : 0, &option);
  if (!option.is_some)
    return false;
  *ret = option.val;
  return true;
}

void demo_lower_i_strings(w_string_t *s, w_string_t *ret) {
  __wasm_import_demo_lower_i_strings(s->ptr, s->len, ret);
}

bool demo_lower_i_joined(demo_lower_i_shape_t *s, demo_lower_i_shape_t *ret, w_string_t *err) {
  uint64_t s_val0 = 0;
  size_t s_label_len = 0;
  switch (s->tag) {
  case DEMO_LOWER_I_SHAPE_CIRCLE:
    s_val0 = float__bits(s->val.circle);
    break;
  case DEMO_LOWER_I_SHAPE_SQUARE:
    s_val0 = double__bits(s->val.square);
    break;
  case DEMO_LOWER_I_SHAPE_LABEL:
    s_val0 = (uintptr_t)s->val.label.ptr;
    s_label_len = s->val.label.len;
    break;
  case DEMO_LOWER_I_SHAPE_LEVEL:
    s_val0 = (uint64_t)s->val.level;
    break;
  }
  demo_lower_i_result_shape_string_t result;
  __wasm_import_demo_lower_i_joined(s->tag, s_val0, s_label_len, &result);
  if (result.is_err) {
    *err = result.val.err;
    return false;
  }
  *ret = result.val.ok;
  return true;
}

void demo_lower_i_nested(demo_lower_i_point_t *p, demo_lower_i_shape_t *maybe_o) {
  uint8_t *p_name_ptr = NULL;
  size_t p_name_len = 0;
  if (p->name.is_some) {
    p_name_ptr = p->name.val.ptr;
    p_name_len = p->name.val.len;
  }
  uint8_t o_tag = 0;
  uint64_t o_val0 = 0;
  size_t o_label_len = 0;
  if (maybe_o != NULL) {
    o_tag = maybe_o->tag;
    switch (maybe_o->tag) {
    case DEMO_LOWER_I_SHAPE_CIRCLE:
      o_val0 = float__bits(maybe_o->val.circle);
      break;
    case DEMO_LOWER_I_SHAPE_SQUARE:
      o_val0 = double__bits(maybe_o->val.square);
      break;
    case DEMO_LOWER_I_SHAPE_LABEL:
      o_val0 = (uintptr_t)maybe_o->val.label.ptr;
      o_label_len = maybe_o->val.label.len;
      break;
    case DEMO_LOWER_I_SHAPE_LEVEL:
      o_val0 = (uint64_t)maybe_o->val.level;
      break;
    }
  }
  __wasm_import_demo_lower_i_nested(p->x, p->name.is_some, p_name_ptr, p_name_len, maybe_o != NULL, o_tag,
      o_val0, o_label_len);
}

void demo_lower_i_spilled(w_string_t *a, w_string_t *b, w_string_t *c, w_string_t *d, w_string_t *e,
    w_string_t *f, w_string_t *g, w_string_t *h, uint8_t *maybe_x) {
  struct {
    w_string_t a;
    w_string_t b;
    w_string_t c;
    w_string_t d;
    w_string_t e;
    w_string_t f;
    w_string_t g;
    w_string_t h;
    w_option_u8_t x;
  } params;
  params.a = *a;
  params.b = *b;
  params.c = *c;
  params.d = *d;
  params.e = *e;
  params.f = *f;
  params.g = *g;
  params.h = *h;
  params.x.is_some = maybe_x != NULL;
  if (maybe_x != NULL)
    params.x.val = *maybe_x;
  __wasm_import_demo_lower_i_spilled(&params);
}

w_subtask_status_t demo_lower_i_later(demo_lower_i_later_args_t *args, demo_lower_i_point_t *result) {
  return __wasm_import_demo_lower_i_later(args, result);
}

void demo_lower_i_wrapped(w_tuple1_u8_t *p, w_tuple1_u8_t *ret) {
  *ret = (w_tuple1_u8_t){__wasm_import_demo_lower_i_wrapped(p->f0)};
}

/* Exported: demo:lower/i */

__attribute__((__export_name__("demo:lower/i#scalars")))
int16_t __wasm_export_exports_demo_lower_i_scalars(int8_t a, uint16_t b, uint32_t c, bool d) {
  return exports_demo_lower_i_scalars(a, b, c, d);
}

__attribute__((__export_name__("demo:lower/i#single")))
w_option_u32_t *__wasm_export_exports_demo_lower_i_single(bool o_is_some, uint32_t o, bool r_is_err,
    uint8_t r_err) {
  static w_option_u32_t area;
  exports_demo_lower_i_result_void_u8_t r = {.is_err = r_is_err, .val = {.err = r_err}};
  uint32_t ret;
  area.is_some = exports_demo_lower_i_single(o_is_some ? &o : NULL, &r, &ret);
  if (area.is_some)
    area.val = ret;
  return &area;
}

__attribute__((__export_name__("demo:lower/i#strings")))
w_string_t *__wasm_export_exports_demo_lower_i_strings(uint8_t *s_ptr, size_t s_len) {
  static w_string_t area;
  w_string_t s = {s_ptr, s_len};
  w_string_t ret;
  exports_demo_lower_i_strings(&s, &ret);
  area = ret;
  return &area;
}

__attribute__((__weak__, __export_name__("cabi_post_demo:lower/i#strings")))
void __wasm_export_exports_demo_lower_i_strings__post_return(w_string_t *ret) {
  w_string_free(ret);
}

__attribute__((__export_name__("demo:lower/i#joined")))
exports_demo_lower_i_result_shape_string_t *__wasm_export_exports_demo_lower_i_joined(uint8_t s_tag,
    uint64_t s_val0, size_t s_label_len) {
  static exports_demo_lower_i_result_shape_string_t area;
  exports_demo_lower_i_shape_t s;
  s.tag = s_tag;
  switch (s_tag) {
  case EXPORTS_DEMO_LOWER_I_SHAPE_CIRCLE:
    s.val.circle = bits__float((uint32_t)s_val0);
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_SQUARE:
    s.val.square = bits__double(s_val0);
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_LABEL:
    s.val.label = (w_string_t){(uint8_t *)(uint32_t)s_val0, s_label_len};
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_LEVEL:
    s.val.level = (int8_t)s_val0;
    break;
  }
  exports_demo_lower_i_shape_t ret;
  w_string_t err;
  area.is_err = !exports_demo_lower_i_joined(&s, &ret, &err);
  if (!area.is_err)
    area.val.ok = ret;
  else
    area.val.err = err;
  return &area;
}

__attribute__((__weak__, __export_name__("cabi_post_demo:lower/i#joined")))
void __wasm_export_exports_demo_lower_i_joined__post_return(exports_demo_lower_i_result_shape_string_t *ret) {
  exports_demo_lower_i_result_shape_string_free(ret);
}

__attribute__((__export_name__("demo:lower/i#nested")))
void __wasm_export_exports_demo_lower_i_nested(uint8_t p_x, bool p_name_is_some, uint8_t *p_name_ptr,
    size_t p_name_len, bool o_is_some, uint8_t o_tag, uint64_t o_val0, size_t o_label_len) {
  exports_demo_lower_i_point_t p = {.x = p_x, .name = {.is_some = p_name_is_some, .val = {p_name_ptr, p_name_len}}};
  exports_demo_lower_i_shape_t o;
  o.tag = o_tag;
  switch (o_tag) {
  case EXPORTS_DEMO_LOWER_I_SHAPE_CIRCLE:
    o.val.circle = bits__float((uint32_t)o_val0);
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_SQUARE:
    o.val.square = bits__double(o_val0);
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_LABEL:
    o.val.label = (w_string_t){(uint8_t *)(uint32_t)o_val0, o_label_len};
    break;
  case EXPORTS_DEMO_LOWER_I_SHAPE_LEVEL:
    o.val.level = (int8_t)o_val0;
    break;
  }
  exports_demo_lower_i_nested(&p, o_is_some ? &o : NULL);
}

__attribute__((__export_name__("demo:lower/i#spilled")))
void __wasm_export_exports_demo_lower_i_spilled(void *spilled) {
  struct {
    w_string_t a;
    w_string_t b;
    w_string_t c;
    w_string_t d;
    w_string_t e;
    w_string_t f;
    w_string_t g;
    w_string_t h;
    w_option_u8_t x;
  } *params = spilled;
  exports_demo_lower_i_spilled(&params->a, &params->b, &params->c, &params->d, &params->e, &params->f,
      &params->g, &params->h, params->x.is_some ? &params->x.val : NULL);
  free(params);
}

__attribute__((__export_name__("[async-lift]demo:lower/i#later")))
w_callback_code_t __wasm_export_exports_demo_lower_i_later(uint8_t *a_ptr, size_t a_len, uint8_t *b_ptr,
    size_t b_len, uint32_t c) {
  w_string_t a = {a_ptr, a_len};
  w_string_t b = {b_ptr, b_len};
  return exports_demo_lower_i_later(&a, &b, c);
}

__attribute__((__export_name__("[callback][async-lift]demo:lower/i#later")))
w_callback_code_t __wasm_export_exports_demo_lower_i_later__callback(w_event_code_t event, uint32_t waitable,
    uint32_t code) {
  w_event_t received = {event, waitable, code};
  return exports_demo_lower_i_later_callback(&received);
}

void exports_demo_lower_i_later_return(exports_demo_lower_i_point_t ret) {
  uint8_t *ret_name_ptr = NULL;
  size_t ret_name_len = 0;
  if (ret.name.is_some) {
    ret_name_ptr = ret.name.val.ptr;
    ret_name_len = ret.name.val.len;
  }
  __wasm_export_exports_demo_lower_i_later__task_return(ret.x, ret.name.is_some, ret_name_ptr, ret_name_len);
}

__attribute__((__export_name__("demo:lower/i#wrapped")))
uint8_t __wasm_export_exports_demo_lower_i_wrapped(uint8_t p_f0) {
  w_tuple1_u8_t p = {p_f0};
  w_tuple1_u8_t value;
  exports_demo_lower_i_wrapped(&p, &value);
  return value.f0;
}

