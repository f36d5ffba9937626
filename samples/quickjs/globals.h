/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a script finds beside the language: console.log, setTimeout, clearTimeout, fetch. Each is an import of the world.
 */
#ifndef GLOBALS_H
#define GLOBALS_H

#include <quickjs.h>

#include "javascript.h"

void globals_add(JSContext *context);

/* A value as text: own, release with JS_FreeCString through text_free. What cannot be text is "". */
javascript_string_t text_of(JSContext *context, JSValueConst value);
void text_free(JSContext *context, javascript_string_t text);
/* Tells the console of the exception that is pending. */
void report_exception(JSContext *context);

#endif
