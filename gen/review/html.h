/*
 * HTML: a review as one page that needs nothing but itself.
 *
 * The page has the verdict and counts, the changes with rule and reason, the WIT of both inputs side by side, and the C that is
 * generated from both; each change leads to its places. There is no script, and the page's own policy forbids all
 * requests. Everything from the inputs is escaped. The same inputs make the same bytes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_HTML_H
#define WITGEN_REVIEW_HTML_H

#include "emit/emit.h"
#include "review/change.h"

/* The page. `options` shape the C, as for generating; a world of which no C can be made is named, with the reason. */
str review_html(const review *r, const emit_options *options, arena *a);

#endif
