/*
 * Debug hooks: with --debug-hooks, what the glue of a guest tells <witguest/debug.h>, so that its report can name what was forgotten:
 *
 *   void w_find(w_string_t *key, w_string_t *ret) {          memory that comes during the call is its result
 *     witguest_debug_call("ns:pkg/i#find");
 *     __wasm_import_w_find(key->ptr, key->len, ret);
 *     witguest_debug_returned();
 *   }
 *
 * and at the end of the header, so that the report says from where it was called:
 *
 *   #define w_find(...) (witguest_debug_site(__FILE__, __LINE__), w_find(__VA_ARGS__))
 *
 * All of these are nothing unless the guest is compiled with -DWITGUEST_DEBUG. Without the option, nothing here writes anything.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_DEBUG_HOOKS_H
#define WITGEN_EMIT_DEBUG_HOOKS_H

#include "emit/proto.h"

/* Imports: around a sync call; what goes around an async call as an expression (or empty); the macro in the header. */
void debug_note_call(body *b, const view_func *f);
void debug_note_returned(body *b, const view_func *f);
str debug_subtask_open(body *b, const view_func *f);
str debug_subtask_close(body *b, const proto *p);
void debug_emit_macro(guest *g, str name, const view_func *f);

/* Exports: at the start; gives the name of the local that numbers the call, or empty: nothing is noted. */
str debug_note_entered(body *b, const view_func *f);
/* The borrows in a parameter; one borrow, by its handle. */
void debug_note_borrows(body *b, str call, const param *p, const type *t, str value, str condition);
void debug_note_borrow(body *b, str call, const param *p, const type *t, str handle);
/* After the author's function. */
void debug_note_left(body *b, str call, bool is_async);
/* In the function that hands over an async result, and before an event is passed on. */
void debug_note_async_return(body *b, const view_func *f);
void debug_note_event(body *b);

/* Lines for templates: in cabi_realloc with `ret`, in a function that drops a borrow `handle`. */
str debug_realloc_line(const guest *g);
str debug_drop_line(const guest *g);

/* The guest's two texts: before the .c includes its header, and at the end of the header. */
str debug_source_head(guest *g);
str debug_header_tail(guest *g);

#endif
