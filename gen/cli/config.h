/*
 * Config: what this run generates, as targets.
 *
 * Without witgen.yaml the command line is the only target. With it, each entry of `targets:` is one, with what the top
 * level of the file says for all of them; options of the command line win over both. Paths in the file are relative to
 * it. How each kind of option is written there follows from its row in options_table.h.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_CONFIG_H
#define WITGEN_CLI_CONFIG_H

#include "cli/options.h"

typedef struct config_target {
  str name; /* empty: it has none */
  span at;  /* of its name or its first key in witgen.yaml; SPAN_NONE without the file */
  options options;
} config_target;

typedef struct config_target_vec {
  config_target *items;
  size_t count, cap;
} config_target_vec;

#endif
