/*
 * Parse: one source text to its syntax tree.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_PARSE_H
#define WITGEN_WIT_PARSE_H

#include "wit/syntax.h"

/*
 * Parses `src`, whose text may hold any bytes. Errors go to `d`; the parser recovers at the next item where it can, so
 * that one run reports several. Returns NULL when anything was wrong.
 */
syn_file *wit_parse(const source *src, arena *a, diag *d);

#endif
