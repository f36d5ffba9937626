/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Imports as JavaScript functions. Nothing here says whose work it is: the task that is current when a script calls is the right one.
 */
#include "globals.h"

#include <stdlib.h>
#include <witguest/loop.h>

#include "attribution.h"

javascript_string_t text_of(JSContext *context, JSValueConst value) {
  size_t length = 0;
  const char *text = JS_ToCStringLen(context, &length, value);
  if (!text) JS_FreeValue(context, JS_GetException(context));
  return (javascript_string_t){(uint8_t *)(uintptr_t)text, text ? length : 0};
}

void text_free(JSContext *context, javascript_string_t text) { JS_FreeCString(context, (const char *)text.ptr); }

static JSValue value_of(JSContext *context, javascript_string_t text) {
  return JS_NewStringLen(context, (const char *)text.ptr, text.len);
}

/* ---- console ---- */

static void console_write(JSContext *context, JSValueConst value) {
  javascript_string_t line = text_of(context, value);
  sample_quickjs_console_log(&line);
  text_free(context, line);
}

static JSValue console_log(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
  (void)self;
  JSValue words = JS_NewArrayFrom(context, argc, NULL);
  for (int n = 0; n < argc; n++) JS_SetPropertyUint32(context, words, (uint32_t)n, JS_DupValue(context, argv[n]));
  JSValue space = JS_NewString(context, " ");
  JSAtom join = JS_NewAtom(context, "join");
  JSValue line = JS_Invoke(context, words, join, 1, (JSValueConst *)&space);
  JS_FreeAtom(context, join);
  JS_FreeValue(context, space);
  JS_FreeValue(context, words);
  if (JS_IsException(line)) return line;
  console_write(context, line);
  JS_FreeValue(context, line);
  return JS_UNDEFINED;
}

void report_exception(JSContext *context) {
  JSValue error = JS_GetException(context);
  console_write(context, error);
  JS_FreeValue(context, error);
}

/* ---- Timers ---- */

typedef struct timeout {
  JSContext *context;
  JSValue function; /* undefined: stopped */
  uint32_t id;
  witguest_await await;
  struct timeout *next;
} timeout;

/* Those that wait. */
static timeout *timeouts;
static uint32_t last_id;

static timeout **timeout_find(uint32_t id) {
  timeout **t = &timeouts;
  while (*t && (*t)->id != id) t = &(*t)->next;
  return t;
}

/* Or stopped, or cancelled with its call. */
static void timeout_over(void *arg, uint32_t state) {
  timeout *t = arg;
  JSContext *context = t->context;
  JSValue function = t->function;
  *timeout_find(t->id) = t->next;
  free(t);
  if (state == JAVASCRIPT_SUBTASK_RETURNED && !JS_IsUndefined(function)) {
    JSValue result = JS_Call(context, function, JS_UNDEFINED, 0, NULL);
    if (JS_IsException(result)) report_exception(context);
    JS_FreeValue(context, result);
  }
  JS_FreeValue(context, function);
  attribution_flush(JS_GetRuntime(context));
}

static JSValue set_timeout(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
  double milliseconds = 0;
  (void)self;
  if (!JS_IsFunction(context, argv[0])) return JS_ThrowTypeError(context, "setTimeout: not a function");
  if (argc > 1 && JS_ToFloat64(context, &milliseconds, argv[1])) return JS_EXCEPTION;
  if (!(milliseconds >= 0 && milliseconds < 1e12)) milliseconds = 0;
  timeout *t = calloc(1, sizeof *t);
  if (!t) return JS_ThrowOutOfMemory(context);
  *t = (timeout){.context = context, .function = JS_DupValue(context, argv[0]), .id = ++last_id, .next = timeouts};
  timeouts = t;
  uint32_t status = sample_quickjs_clock_wait((uint64_t)(milliseconds * 1e6));
  if (witguest_await_subtask(&t->await, status, timeout_over, t)) abort(); /* all our exports are on the loop */
  return JS_NewUint32(context, t->id);
}

static JSValue clear_timeout(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
  uint32_t id = 0;
  (void)self;
  if (argc && JS_ToUint32(context, &id, argv[0])) return JS_EXCEPTION;
  timeout *t = *timeout_find(id);
  if (!t) return JS_UNDEFINED;
  JS_FreeValue(context, t->function);
  t->function = JS_UNDEFINED;
  witguest_await_cancel(&t->await); /* timeout_over runs all the same */
  return JS_UNDEFINED;
}

/* ---- fetch ---- */

typedef struct request {
  JSContext *context;
  JSValue settle[2]; /* resolve, reject */
  javascript_string_t url; /* lent to the import until it has started */
  sample_quickjs_net_result_string_string_t result;
  witguest_await await;
} request;

static void request_settle(request *r, bool is_error, JSValue value) {
  if (is_error) { /* a script expects an Error */
    JSValue error = JS_NewError(r->context);
    JS_DefinePropertyValueStr(r->context, error, "message", value, JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    value = error;
  }
  JS_FreeValue(r->context, JS_Call(r->context, r->settle[is_error], JS_UNDEFINED, 1, (JSValueConst *)&value));
  JS_FreeValue(r->context, value);
}

static void request_free(request *r) {
  JS_FreeValue(r->context, r->settle[0]);
  JS_FreeValue(r->context, r->settle[1]);
  text_free(r->context, r->url);
  free(r);
}

static void fetched(void *arg, uint32_t state) {
  request *r = arg;
  JSRuntime *runtime = JS_GetRuntime(r->context);
  if (state == JAVASCRIPT_SUBTASK_RETURNED) {
    javascript_string_t text = r->result.is_err ? r->result.val.err : r->result.val.ok;
    request_settle(r, r->result.is_err, value_of(r->context, text));
    sample_quickjs_net_result_string_string_free(&r->result);
  } else {
    request_settle(r, true, JS_NewString(r->context, "the call was cancelled"));
  }
  request_free(r);
  attribution_flush(runtime);
}

static JSValue fetch(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
  (void)self;
  (void)argc;
  request *r = calloc(1, sizeof *r);
  if (!r) return JS_ThrowOutOfMemory(context);
  r->context = context;
  r->url = text_of(context, argv[0]);
  JSValue promise = JS_NewPromiseCapability(context, r->settle);
  uint32_t status = sample_quickjs_net_fetch(r->url, &r->result);
  if (witguest_await_subtask(&r->await, status, fetched, r)) abort();
  return promise;
}

/* ---- All of them ---- */

void globals_add(JSContext *context) {
  static const JSCFunctionListEntry functions[] = {
      JS_CFUNC_DEF("setTimeout", 2, set_timeout), JS_CFUNC_DEF("clearTimeout", 1, clear_timeout), JS_CFUNC_DEF("fetch", 1, fetch)};
  static const JSCFunctionListEntry console[] = {JS_CFUNC_DEF("log", 0, console_log)};
  JSValue global = JS_GetGlobalObject(context), object = JS_NewObject(context);
  JS_SetPropertyFunctionList(context, object, console, 1);
  JS_SetPropertyFunctionList(context, global, functions, sizeof functions / sizeof *functions);
  JS_SetPropertyStr(context, global, "console", object);
  JS_FreeValue(context, global);
}
