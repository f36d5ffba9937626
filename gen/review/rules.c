/*
 * Rules: the table of rules.h as data.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/rules.h"

static const rule_row rows[RULE_COUNT] = {
#define X(NAME, id, callers, implementers, why) [RULE_##NAME] = {id, CLASS_##callers, CLASS_##implementers, why},
    REVIEW_RULES(X)
#undef X
};

const rule_row *rule_get(change_rule r) {
  return &rows[r];
}

const char *class_name(change_class c) {
  static const char *const names[CLASS_COUNT] = {"compatible", "source-breaking", "abi-breaking"};
  return names[c];
}
