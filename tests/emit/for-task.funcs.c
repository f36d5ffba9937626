__attribute__((__import_module__("demo:for-task/i"), __import_name__("[constructor]r")))
extern int32_t __wasm_import_demo_for_task_i_constructor_r(uint32_t task);

__attribute__((__import_module__("demo:for-task/i"), __import_name__("[async-lower][method]r.read")))
extern w_subtask_status_t __wasm_import_demo_for_task_i_method_r_read(int32_t self, uint8_t *call_ptr,
    size_t call_len, w_list_u8_t *ret);

__attribute__((__import_module__("demo:for-task/i"), __import_name__("nothing")))
extern void __wasm_import_demo_for_task_i_nothing(void);

__attribute__((__import_module__("demo:for-task/i"), __import_name__("plain")))
extern uint64_t __wasm_import_demo_for_task_i_plain(uint8_t a, bool arg_is_some, uint32_t arg);

__attribute__((__import_module__("demo:for-task/i"), __import_name__("[async-lower]many")))
extern w_subtask_status_t __wasm_import_demo_for_task_i_many(const void *params,
    demo_for_task_i_result_u32_string_t *ret);

__attribute__((__import_module__("demo:for-task/i"), __import_name__("fails")))
extern void __wasm_import_demo_for_task_i_fails(demo_for_task_i_result_string_u8_t *ret);

__attribute__((__import_module__("$root"), __import_name__("[async-lower]top")))
extern w_subtask_status_t __wasm_import_w_top(void);

/* Imported: demo:for-task/i */

__attribute__((__import_module__("demo:for-task/i"), __import_name__("[resource-drop]r")))
extern void __wasm_import_demo_for_task_i_r__drop(int32_t handle);

void demo_for_task_i_r_drop_own(demo_for_task_i_own_r_t handle) {
  __wasm_import_demo_for_task_i_r__drop(handle.__handle);
}

void demo_for_task_i_r_drop_borrow(demo_for_task_i_borrow_r_t handle) {
  __wasm_import_demo_for_task_i_r__drop(handle.__handle);
}

demo_for_task_i_borrow_r_t demo_for_task_i_borrow_r(demo_for_task_i_own_r_t handle) {
  return (demo_for_task_i_borrow_r_t){handle.__handle};
}

demo_for_task_i_own_r_t demo_for_task_i_constructor_r(uint32_t task) {
  return (demo_for_task_i_own_r_t){__wasm_import_demo_for_task_i_constructor_r(task)};
}

struct __for_task_demo_for_task_i_constructor_r {
  uint32_t task;
  demo_for_task_i_own_r_t returned;
};
static void __for_task_demo_for_task_i_constructor_r(void *arg) {
  struct __for_task_demo_for_task_i_constructor_r *call = arg;
  call->returned = demo_for_task_i_constructor_r(call->task);
}

demo_for_task_i_own_r_t demo_for_task_i_constructor_r_for_task(witguest_task *task1, uint32_t task) {
  struct __for_task_demo_for_task_i_constructor_r call;
  call.task = task;
  witguest_call_for(task1, __for_task_demo_for_task_i_constructor_r, &call);
  return call.returned;
}

w_subtask_status_t demo_for_task_i_method_r_read(demo_for_task_i_borrow_r_t self, w_string_t call,
    w_list_u8_t *result) {
  return __wasm_import_demo_for_task_i_method_r_read(self.__handle, call.ptr, call.len, result);
}

struct __for_task_demo_for_task_i_method_r_read {
  demo_for_task_i_borrow_r_t self;
  w_string_t call;
  w_list_u8_t *result;
  w_subtask_status_t returned;
};
static void __for_task_demo_for_task_i_method_r_read(void *arg) {
  struct __for_task_demo_for_task_i_method_r_read *call = arg;
  call->returned = demo_for_task_i_method_r_read(call->self, call->call, call->result);
}

w_subtask_status_t demo_for_task_i_method_r_read_for_task(witguest_task *task,
    demo_for_task_i_borrow_r_t self, w_string_t call, w_list_u8_t *result) {
  struct __for_task_demo_for_task_i_method_r_read call1;
  call1.self = self;
  call1.call = call;
  call1.result = result;
  witguest_call_for(task, __for_task_demo_for_task_i_method_r_read, &call1);
  return call1.returned;
}

void demo_for_task_i_nothing(void) {
  __wasm_import_demo_for_task_i_nothing();
}

static void __for_task_demo_for_task_i_nothing(void *arg) {
  (void)arg;
  demo_for_task_i_nothing();
}

void demo_for_task_i_nothing_for_task(witguest_task *task) {
  witguest_call_for(task, __for_task_demo_for_task_i_nothing, NULL);
}

uint64_t demo_for_task_i_plain(uint8_t a, uint32_t *maybe_arg) {
  return __wasm_import_demo_for_task_i_plain(a, maybe_arg != NULL, maybe_arg != NULL ? *maybe_arg : 0);
}

struct __for_task_demo_for_task_i_plain {
  uint8_t a;
  uint32_t *maybe_arg;
  uint64_t returned;
};
static void __for_task_demo_for_task_i_plain(void *arg) {
  struct __for_task_demo_for_task_i_plain *call = arg;
  call->returned = demo_for_task_i_plain(call->a, call->maybe_arg);
}

uint64_t demo_for_task_i_plain_for_task(witguest_task *task, uint8_t a, uint32_t *maybe_arg) {
  struct __for_task_demo_for_task_i_plain call;
  call.a = a;
  call.maybe_arg = maybe_arg;
  witguest_call_for(task, __for_task_demo_for_task_i_plain, &call);
  return call.returned;
}

w_subtask_status_t demo_for_task_i_many(demo_for_task_i_many_args_t *args,
    demo_for_task_i_result_u32_string_t *result) {
  return __wasm_import_demo_for_task_i_many(args, result);
}

struct __for_task_demo_for_task_i_many {
  demo_for_task_i_many_args_t *args;
  demo_for_task_i_result_u32_string_t *result;
  w_subtask_status_t returned;
};
static void __for_task_demo_for_task_i_many(void *arg) {
  struct __for_task_demo_for_task_i_many *call = arg;
  call->returned = demo_for_task_i_many(call->args, call->result);
}

w_subtask_status_t demo_for_task_i_many_for_task(witguest_task *task, demo_for_task_i_many_args_t *args,
    demo_for_task_i_result_u32_string_t *result) {
  struct __for_task_demo_for_task_i_many call;
  call.args = args;
  call.result = result;
  witguest_call_for(task, __for_task_demo_for_task_i_many, &call);
  return call.returned;
}

bool demo_for_task_i_fails(w_string_t *ret, uint8_t *err) {
  demo_for_task_i_result_string_u8_t result;
  __wasm_import_demo_for_task_i_fails(&result);
  if (result.is_err) {
    *err = result.val.err;
    return false;
  }
  *ret = result.val.ok;
  return true;
}

struct __for_task_demo_for_task_i_fails {
  w_string_t *ret;
  uint8_t *err;
  bool returned;
};
static void __for_task_demo_for_task_i_fails(void *arg) {
  struct __for_task_demo_for_task_i_fails *call = arg;
  call->returned = demo_for_task_i_fails(call->ret, call->err);
}

bool demo_for_task_i_fails_for_task(witguest_task *task, w_string_t *ret, uint8_t *err) {
  struct __for_task_demo_for_task_i_fails call;
  call.ret = ret;
  call.err = err;
  witguest_call_for(task, __for_task_demo_for_task_i_fails, &call);
  return call.returned;
}

/* Imported: w */

w_subtask_status_t w_top(void) {
  return __wasm_import_w_top();
}

struct __for_task_w_top {
  w_subtask_status_t returned;
};
static void __for_task_w_top(void *arg) {
  struct __for_task_w_top *call = arg;
  call->returned = w_top();
}

w_subtask_status_t w_top_for_task(witguest_task *task) {
  struct __for_task_w_top call;
  witguest_call_for(task, __for_task_w_top, &call);
  return call.returned;
}

