/*
 * Nodes: the text of witgen.yaml as a tree with places.
 *
 * Of YAML, what a configuration needs is read: mappings, lists and texts, in any style. Anchors, aliases, tags and second
 * documents are refused; so the tree is finite and no deeper than the text.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_CLI_CONFIG_NODE_H
#define WITGEN_CLI_CONFIG_NODE_H

#include "support/diag.h"

typedef enum node_kind {
  NODE_TEXT,
  NODE_NULL,   /* nothing, `~` or `null` */
  NODE_BOOL,   /* `true` or `false` */
  NODE_NUMBER, /* what other readers of YAML take for one */
  NODE_LIST,
  NODE_MAP
} node_kind;

typedef struct config_node config_node;

typedef struct config_node_vec {
  config_node **items;
  size_t count, cap;
} config_node_vec;

struct config_node {
  node_kind kind;
  span at;              /* of a list or mapping: its first character */
  str text;             /* of what is neither list nor mapping, as written; followed by NUL, and holds none */
  config_node_vec keys; /* of a mapping: one for each of `items`, texts that are all different */
  config_node_vec items;
};

/*
 * Reads `src`, whose positions the nodes have. NULL, with the reason in `d`, when it is no such YAML, or empty. Keys that
 * come again are errors, and left out.
 */
config_node *config_node_read(const source *src, arena *a, diag *d);

/* Whether it is a text also without quotes, as far as its kind goes: not `true`, `~` or `1.5`. */
bool config_node_is_text(str plain);

/* "a list"; "text" */
const char *config_node_name(node_kind kind);

#endif
