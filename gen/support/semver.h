/*
 * Semver: versions of WIT packages (semver.org 2.0.0), as views into the text they were read from.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_SEMVER_H
#define WITGEN_SUPPORT_SEMVER_H

#include <stdint.h>

#include "support/str.h"

typedef struct semver {
  uint64_t major, minor, patch;
  str pre;   /* without '-'; empty when absent */
  str build; /* without '+'; empty when absent */
} semver;

/* Parses all of `text`. On failure returns false and points `*why` at a static lower-case sentence. */
bool semver_parse(str text, semver *out, const char **why);

/* Total order: precedence as in semver.org section 11, then the build text. Negative, 0, positive. */
int semver_compare(const semver *a, const semver *b);

/*
 * Whether interfaces of both versions have one canonical name: they meet as far as their types do. The part up to the first
 * number that is not 0 decides (component-model Explainer.md, "Canonical Interface Name").
 */
bool semver_same_track(const semver *a, const semver *b);

str semver_text(arena *a, const semver *v);

#endif
