/*
 * What the harnesses have in common: input as a file, and what must be true of messages.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_TESTS_FUZZ_HELP_H
#define WITGEN_TESTS_FUZZ_HELP_H

#include <stdlib.h>

#include "support/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void require(bool condition, const char *what) {
  if (!condition) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
  }
}

/* Messages are there exactly when something failed, and all of them can be shown. */
static inline void check_messages(const diag *d, bool fine) {
  static FILE *nowhere;
  if (nowhere == NULL) {
    nowhere = fopen("/dev/null", "w");
  }
  require(fine != diag_failed(d), fine ? "accepted with an error" : "refused without an error");
  for (size_t i = 0; i < d->messages.count; i++) {
    const diag_message *m = &d->messages.items[i];
    require(m->text.len > 0, "an error without text");
    require(m->at.source == NULL || m->at.start <= m->at.source->text.len, "an error outside the text");
  }
  diag_print(d, nowhere, true);
}

/* The name of a file that holds the bytes. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
