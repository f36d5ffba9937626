/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * QuickJS-ng as it comes, in one translation unit with four functions of ours that stand between it and four of its own.
 *
 * How: the engine names these functions with parentheses where it defines them, and without where it stores their addresses. So a
 * macro with parameters renames the definitions, and the addresses are those of our functions.
 */
#include "engine.h"

static JSValue promise_reaction_job(JSContext *context, int argc, JSValueConst *argv);
static JSValue js_promise_resolve_thenable_job(JSContext *context, int argc, JSValueConst *argv);
static JSValue js_microtask_job(JSContext *context, int argc, JSValueConst *argv);
static JSValue js_promise_resolve_function_call(JSContext *context, JSValueConst function, JSValueConst self, int argc,
                                                JSValueConst *argv, int flags);
static void js_promise_finalizer(JSRuntime *runtime, JSValueConst promise);

#define promise_reaction_job(...)             engine_reaction(__VA_ARGS__)
#define js_promise_resolve_thenable_job(...)  engine_thenable(__VA_ARGS__)
#define js_microtask_job(...)                 engine_microtask(__VA_ARGS__)
#define js_promise_resolve_function_call(...) engine_settle(__VA_ARGS__)
#define js_promise_finalizer(...)             engine_promise_free(__VA_ARGS__)

#include <quickjs.c>

#undef promise_reaction_job
#undef js_promise_resolve_thenable_job
#undef js_microtask_job
#undef js_promise_resolve_function_call
#undef js_promise_finalizer

static const engine_events *events_of(JSRuntime *runtime) { return JS_GetRuntimeOpaque(runtime); }

/* ---- Whose job is it? ---- */

/* The promise that a resolving function is for. */
static JSValueConst promise_of_resolver(JSValueConst function) {
  const JSPromiseFunctionData *f = JS_GetOpaque(function, JS_CLASS_PROMISE_RESOLVE_FUNCTION);
  return f ? f->promise : JS_UNDEFINED;
}

/* What comes after `await` in an async function has no promise of its own; the function has. */
static JSValueConst promise_of_function(JSValueConst handler) {
  const JSAsyncFunctionData *f = JS_GetOpaque(handler, JS_CLASS_ASYNC_FUNCTION_RESOLVE);
  if (!f) f = JS_GetOpaque(handler, JS_CLASS_ASYNC_FUNCTION_REJECT);
  return f ? promise_of_resolver(f->resolving_funcs[0]) : JS_UNDEFINED;
}

/* Nor in an async generator; that works for the oldest call of its next(). */
static JSValueConst promise_of_generator(JSValueConst handler) {
  const JSCFunctionDataRecord *f = JS_GetOpaque(handler, JS_CLASS_C_FUNCTION_DATA);
  if (!f || f->func != js_async_generator_resolve_function) return JS_UNDEFINED;
  JSAsyncGeneratorData *g = JS_GetOpaque(f->data[0], JS_CLASS_ASYNC_GENERATOR);
  if (!g || list_empty(&g->queue)) return JS_UNDEFINED;
  return list_entry(g->queue.next, JSAsyncGeneratorRequest, link)->promise;
}

/* ---- Jobs ---- */

static JSValue hand_out(JSContext *context, JSValueConst promise, JSJobFunc *run, int argc, JSValueConst *argv) {
  events_of(context->rt)->job(context, promise, run, argc, argv);
  return JS_UNDEFINED;
}

/* argv: resolve and reject of then's result (undefined: an await), handler, whether it was rejected, with what. */
static JSValue promise_reaction_job(JSContext *context, int argc, JSValueConst *argv) {
  JSValueConst promise = promise_of_resolver(argv[0]);
  if (JS_IsUndefined(promise)) promise = promise_of_function(argv[2]);
  if (JS_IsUndefined(promise)) promise = promise_of_generator(argv[2]);
  return hand_out(context, promise, engine_reaction, argc, argv);
}

/* argv: a promise, what it was resolved with, the `then` of that. */
static JSValue js_promise_resolve_thenable_job(JSContext *context, int argc, JSValueConst *argv) {
  return hand_out(context, argv[0], engine_thenable, argc, argv);
}

/* queueMicrotask: for whoever calls it. */
static JSValue js_microtask_job(JSContext *context, int argc, JSValueConst *argv) {
  return hand_out(context, JS_UNDEFINED, engine_microtask, argc, argv);
}

/* ---- Ends ---- */

static JSValue js_promise_resolve_function_call(JSContext *context, JSValueConst function, JSValueConst self, int argc,
                                                JSValueConst *argv, int flags) {
  const JSPromiseFunctionData *f = JS_VALUE_GET_OBJ(function)->u.promise_function_data;
  JSValue result = engine_settle(context, function, self, argc, argv, flags);
  if (f && JS_PromiseState(context, f->promise) != JS_PROMISE_PENDING)
    events_of(context->rt)->ended(context->rt, JS_VALUE_GET_PTR(f->promise));
  return result;
}

static void js_promise_finalizer(JSRuntime *runtime, JSValueConst promise) {
  events_of(runtime)->ended(runtime, JS_VALUE_GET_PTR(promise));
  engine_promise_free(runtime, promise);
}
