/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The component: one JavaScript runtime for all requests, from `load` to `unload`. Exports run on libwitguest's loop; a call of
 * `handle` ends when its promise is settled and nothing that was started for it is left, be that long after its result.
 */
#include <stdlib.h>
#include <string.h>
#include <witguest/loop.h>

#include "attribution.h"
#include "globals.h"

/* Of the guest's own stack, about 130 calls deep. libwithost gives a guest on libwasmtime 128 KiB of the native one, which end with a
 * trap a little later; a script that recurses should get a RangeError instead. */
enum { SCRIPT_STACK = 32 << 10 };

/* The script that is loaded. */
static struct { JSRuntime *runtime; JSContext *context; JSValue handler; } script;

/* ---- load ---- */

static void script_free(void) {
  JS_FreeValue(script.context, script.handler);
  JS_FreeContext(script.context);
  JS_FreeRuntime(script.runtime); /* aborts if a value is left */
  attribution_end();
  memset(&script, 0, sizeof script);
}

static void script_new(void) {
  script.runtime = JS_NewRuntime();
  attribution_begin(script.runtime);
  JS_SetMaxStackSize(script.runtime, SCRIPT_STACK);
  script.context = JS_NewContext(script.runtime);
  script.handler = JS_UNDEFINED;
  if (!script.context) abort();
  globals_add(script.context);
}

/* Runs the module; true if it has a function to export. Its first turn is this call's. */
static bool script_run(const char *source, size_t length) {
  JSContext *context = script.context;
  JSValue module = JS_Eval(context, source, length, "script.js", JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
  if (JS_IsException(module)) return false;
  JSModuleDef *definition = JS_VALUE_GET_PTR(module);
  JSValue promise = JS_EvalFunction(context, module);
  bool failed = JS_IsException(promise) || JS_PromiseState(context, promise) == JS_PROMISE_REJECTED;
  if (failed && !JS_IsException(promise)) JS_Throw(context, JS_PromiseResult(context, promise));
  JS_FreeValue(context, promise);
  if (failed) return false;
  JSValue names = JS_GetModuleNamespace(context, definition);
  script.handler = JS_GetPropertyStr(context, names, "default");
  JS_FreeValue(context, names);
  attribution_flush(script.runtime);
  return JS_IsFunction(context, script.handler) || (JS_ThrowTypeError(context, "no function is the default export"), false);
}

static javascript_string_t literal(const char *text) { return (javascript_string_t){(uint8_t *)(uintptr_t)text, strlen(text)}; }

static void load_failed(javascript_string_t why) {
  exports_sample_quickjs_scripts_load_return((exports_sample_quickjs_scripts_result_void_string_t){true, {.err = why}});
}

static void load_source(const char *source, size_t length) {
  script_new();
  if (script_run(source, length)) {
    exports_sample_quickjs_scripts_load_return((exports_sample_quickjs_scripts_result_void_string_t){0});
    return;
  }
  JSValue error = JS_GetException(script.context);
  javascript_string_t why = text_of(script.context, error);
  load_failed(why);
  text_free(script.context, why);
  JS_FreeValue(script.context, error);
  script_free();
}

static void load_main(void *arg) {
  javascript_string_t *source = arg;
  if (script.runtime) {
    load_failed(literal("a script is loaded"));
  } else {
    char *text = malloc(source->len + 1); /* the engine wants a zero at the end */
    if (!text) abort();
    memcpy(text, source->ptr, source->len);
    text[source->len] = 0;
    load_source(text, source->len);
    free(text);
  }
  javascript_string_free(source);
}

javascript_callback_code_t exports_sample_quickjs_scripts_load(javascript_string_t *source) { return witguest_loop_start(load_main, source); }

javascript_callback_code_t exports_sample_quickjs_scripts_load_callback(javascript_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

/* ---- handle ---- */

typedef struct call { uint32_t id; javascript_string_t *path; } call;

static void answer(JSContext *context, bool is_error, JSValueConst value) {
  javascript_string_t text = text_of(context, value);
  exports_sample_quickjs_scripts_result_string_string_t result = {.is_err = is_error};
  if (is_error) result.val.err = text;
  else result.val.ok = text;
  exports_sample_quickjs_scripts_handle_return(result);
  text_free(context, text);
}

static bool is_cancelled(void) {
  witguest_task *task = witguest_task_current();
  bool cancelled = witguest_task_is_cancelled(task);
  witguest_task_unref(task);
  return cancelled;
}

/* The reaction to the handler's promise: work of the task that called `then`, which is the call's. magic: it was rejected. A call
 * that was cancelled has ended without a result, or will. */
static JSValue settled(JSContext *context, JSValueConst self, int argc, JSValueConst *argv, int magic) {
  (void)self;
  (void)argc;
  /* what runs without attribution has given its result before: this may be the callback of another call */
  if (witguest_mode != WITGUEST_OFF && !is_cancelled()) answer(context, magic, argv[0]);
  return JS_UNDEFINED;
}

static void react(JSContext *context, JSValue promise) {
  JSValue reactions[2];
  for (int n = 0; n < 2; n++) reactions[n] = JS_NewCFunctionMagic(context, settled, "settled", 1, JS_CFUNC_generic_magic, n);
  JS_FreeValue(context, JS_PromiseThen(context, promise, reactions[0], reactions[1]));
  for (int n = 0; n < 2; n++) JS_FreeValue(context, reactions[n]);
  JS_FreeValue(context, promise);
}

/* Own: {id, path}. */
static JSValue request_of(JSContext *context, const call *c) {
  JSValue request = JS_NewObject(context);
  JS_SetPropertyStr(context, request, "id", JS_NewUint32(context, c->id));
  JS_SetPropertyStr(context, request, "path", JS_NewStringLen(context, (const char *)c->path->ptr, c->path->len));
  return request;
}

static void handle_with_script(const call *c) {
  JSContext *context = script.context;
  if (witguest_mode == WITGUEST_OFF) answer(context, false, JS_UNDEFINED);
  JSValue request = request_of(context, c);
  JSValue result = JS_Call(context, script.handler, JS_UNDEFINED, 1, (JSValueConst *)&request);
  JS_FreeValue(context, request);
  if (JS_IsPromise(result)) {
    react(context, result);
  } else { /* a function that is not async */
    bool threw = JS_IsException(result);
    JSValue value = threw ? JS_GetException(context) : result;
    react(context, JS_NewSettledPromise(context, threw, value));
    JS_FreeValue(context, value);
  }
  attribution_flush(script.runtime);
}

static void handle_main(void *arg) {
  call *c = arg;
  exports_sample_quickjs_scripts_result_string_string_t none = {true, {.err = literal("no script is loaded")}};
  if (script.runtime) handle_with_script(c);
  else exports_sample_quickjs_scripts_handle_return(none);
  javascript_string_free(c->path);
}

javascript_callback_code_t exports_sample_quickjs_scripts_handle(uint32_t id, javascript_string_t *path) {
  call c = {id, path};
  return witguest_loop_start(handle_main, &c);
}

javascript_callback_code_t exports_sample_quickjs_scripts_handle_callback(javascript_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}

/* ---- unload ---- */

static void unload(void *arg) {
  (void)arg;
  if (script.runtime) script_free();
  exports_sample_quickjs_scripts_unload_return();
}

/* Promises that wait for themselves alone hold their calls until the collector finds them. */
static void unload_main(void *arg) {
  if (script.runtime) JS_RunGC(script.runtime);
  if (witguest_drain(unload, arg)) abort();
}

javascript_callback_code_t exports_sample_quickjs_scripts_unload(void) { return witguest_loop_start(unload_main, NULL); }

javascript_callback_code_t exports_sample_quickjs_scripts_unload_callback(javascript_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
