/*
 * Render: a review as text for people and programs. Each gives one text; writing it is the caller's.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_RENDER_H
#define WITGEN_REVIEW_RENDER_H

#include "review/change.h"

/* For a terminal: the worst first. `color`: with ANSI colours. */
str review_text(const review *r, bool color, arena *a);
/* docs/diff.md describes it. */
str review_json(const review *r, arena *a);
/* For a comment on a change under review. */
str review_markdown(const review *r, arena *a);

/* Parts that they share */

/* Text that may hold anything: controls, and what would change the direction of the text around it, are not passed on. */
void review_add_clean(buf *b, str s);
/* "old.wit:4:3, new.wit:5:1"; a missing place is left out. */
str review_places(const change *ch, arena *a);
/* "3 changes: 1 abi-breaking, 0 source-breaking, 2 compatible" */
str review_summary(const review *r, arena *a);
/* "ns:pkg@1.0.0", with "/world" when one is compared */
str review_subject(const resolved *input, const world *w, arena *a);

#endif
