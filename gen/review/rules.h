/*
 * Rules: what kinds of change there are, and whom each breaks.
 *
 * A class says what happens to a party that was made for the old input when it meets the new one:
 *
 *   compatible       it links, and its source compiles against the new glue
 *   source-breaking  what is built still links; its source needs a change before it compiles again
 *   abi-breaking     what is built does not link, or not with that part, any more
 *
 * By the component model's type checking (Explainer.md, "Type Checking"): instances and components are subtypes by name
 * (more exports, fewer imports are fine); all other types must be equal, names of parameters, fields and cases included.
 * docs/diff.md has the same table with what follows from it; a test compares the two.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_REVIEW_RULES_H
#define WITGEN_REVIEW_RULES_H

#include "support/str.h"

typedef enum change_class { CLASS_COMPATIBLE, CLASS_SOURCE_BREAKING, CLASS_ABI_BREAKING } change_class;

enum { CLASS_COUNT = CLASS_ABI_BREAKING + 1 };

/* X(NAME, "id", callers, implementers, "why") */
#define REVIEW_RULES(X)                                                                                                \
  X(PACKAGE_RENAMED, "package-renamed", ABI_BREAKING, ABI_BREAKING,                                                    \
    "interfaces are found by the name of their package")                                                               \
  X(PACKAGE_ADDED, "package-added", COMPATIBLE, COMPATIBLE, "nobody used it before")                                   \
  X(PACKAGE_REMOVED, "package-removed", COMPATIBLE, COMPATIBLE,                                                        \
    "it was a dependency; what worlds took from it is listed with them")                                               \
  X(VERSION_SAME_TRACK, "version-same-track", COMPATIBLE, COMPATIBLE,                                                  \
    "both versions have one canonical name, so interfaces meet")                                                       \
  X(VERSION_PRE_RELEASE, "version-pre-release", ABI_BREAKING, ABI_BREAKING,                                            \
    "both versions have one canonical name, but tools match a pre-release with itself only")                           \
  X(VERSION_OTHER_TRACK, "version-other-track", ABI_BREAKING, ABI_BREAKING,                                            \
    "the versions have different canonical names, so interfaces do not meet")                                          \
  X(VERSION_IN_C, "version-in-c", SOURCE_BREAKING, SOURCE_BREAKING,                                                    \
    "names in C hold the version while several versions of a package are there")                                       \
                                                                                                                       \
  X(INTERFACE_ADDED, "interface-added", COMPATIBLE, COMPATIBLE, "nobody used it before")                               \
  X(INTERFACE_REMOVED, "interface-removed", ABI_BREAKING, SOURCE_BREAKING,                                             \
    "an import of it finds no partner; an export of it is more than is asked for")                                     \
  X(WORLD_ADDED, "world-added", COMPATIBLE, COMPATIBLE, "nobody used it before")                                       \
  X(WORLD_REMOVED, "world-removed", SOURCE_BREAKING, SOURCE_BREAKING,                                                  \
    "components do not name their world, but glue for it can't be made any more")                                      \
                                                                                                                       \
  X(IMPORT_ADDED, "import-added", COMPATIBLE, ABI_BREAKING,                                                            \
    "a component may import less than its world; a host must provide what new components import")                      \
  X(IMPORT_REMOVED, "import-removed", ABI_BREAKING, SOURCE_BREAKING,                                                   \
    "a component that imports it finds no partner; a host may provide more")                                           \
  X(EXPORT_ADDED, "export-added", COMPATIBLE, ABI_BREAKING,                                                            \
    "a component must export all of its world; who calls it may use less")                                             \
  X(EXPORT_REMOVED, "export-removed", ABI_BREAKING, SOURCE_BREAKING,                                                   \
    "a host that calls it does not find it; a component may export more")                                              \
  X(ITEM_KIND_CHANGED, "item-kind-changed", ABI_BREAKING, ABI_BREAKING,                                                \
    "a function, a type and an interface are different kinds of import and export")                                    \
                                                                                                                       \
  X(FUNC_ADDED, "func-added", COMPATIBLE, ABI_BREAKING,                                                                \
    "callers do not ask for it, but an implementer without it has not all that is asked for")                          \
  X(FUNC_REMOVED, "func-removed", ABI_BREAKING, SOURCE_BREAKING,                                                       \
    "a caller that uses it finds nothing; an implementer may have more than is asked for")                             \
  X(FUNC_KIND_CHANGED, "func-kind-changed", ABI_BREAKING, ABI_BREAKING,                                                \
    "methods, statics, accessors and plain functions have different names")                                            \
  X(ASYNC_ADDED, "async-added", ABI_BREAKING, ABI_BREAKING, "async is part of a function's type")                      \
  X(ASYNC_REMOVED, "async-removed", ABI_BREAKING, ABI_BREAKING, "async is part of a function's type")                  \
  X(PARAM_ADDED, "param-added", ABI_BREAKING, ABI_BREAKING, "function types must be equal")                            \
  X(PARAM_REMOVED, "param-removed", ABI_BREAKING, ABI_BREAKING, "function types must be equal")                        \
  X(PARAM_RENAMED, "param-renamed", ABI_BREAKING, ABI_BREAKING,                                                        \
    "function types must be equal, names of parameters included")                                                      \
  X(PARAMS_REORDERED, "params-reordered", ABI_BREAKING, ABI_BREAKING, "function types must be equal, in order")        \
  X(PARAM_TYPE_CHANGED, "param-type-changed", ABI_BREAKING, ABI_BREAKING, "function types must be equal")              \
  X(RESULT_ADDED, "result-added", ABI_BREAKING, ABI_BREAKING, "function types must be equal")                          \
  X(RESULT_REMOVED, "result-removed", ABI_BREAKING, ABI_BREAKING, "function types must be equal")                      \
  X(RESULT_TYPE_CHANGED, "result-type-changed", ABI_BREAKING, ABI_BREAKING, "function types must be equal")            \
                                                                                                                       \
  X(TYPE_ADDED, "type-added", COMPATIBLE, ABI_BREAKING,                                                                \
    "an instance exports its named types: callers do not ask for it, but implementers do not have it")                 \
  X(TYPE_REMOVED, "type-removed", ABI_BREAKING, SOURCE_BREAKING,                                                       \
    "an instance exports its named types: a caller that uses it finds nothing, an implementer may have more")          \
  X(TYPE_KIND_CHANGED, "type-kind-changed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                   \
  X(TYPE_CHANGED, "type-changed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                             \
  X(TYPE_SPELLED, "type-spelled", COMPATIBLE, COMPATIBLE,                                                              \
    "types are compared by structure, and the C type is the same")                                                     \
  X(TYPE_RENAMED_IN_C, "type-renamed-in-c", SOURCE_BREAKING, SOURCE_BREAKING,                                          \
    "types are compared by structure, but the C type has another name")                                                \
  X(TYPE_SHARED, "type-shared", COMPATIBLE, COMPATIBLE,                                                                \
    "types are compared by structure, and both names are one C type now")                                              \
  X(CASES_SHARED, "cases-shared", SOURCE_BREAKING, SOURCE_BREAKING,                                                    \
    "types are compared by structure, but the C constants of the cases have the other type's name now")                \
  X(TYPE_SEPARATED, "type-separated", SOURCE_BREAKING, SOURCE_BREAKING,                                                \
    "types are compared by structure, but in C the two names are two types now")                                       \
  X(RESOURCE_SHARED, "resource-shared", SOURCE_BREAKING, ABI_BREAKING,                                                 \
    "who knows two resources may be given one for both, but who has two can't pass them as one")                       \
  X(RESOURCE_SEPARATED, "resource-separated", ABI_BREAKING, SOURCE_BREAKING,                                           \
    "who knows one resource by two names can't be given two, but who has one can pass it for both")                    \
                                                                                                                       \
  X(FIELD_ADDED, "field-added", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                               \
  X(FIELD_REMOVED, "field-removed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                           \
  X(FIELDS_REORDERED, "fields-reordered", ABI_BREAKING, ABI_BREAKING, "value types must be equal, in order")           \
  X(FIELD_TYPE_CHANGED, "field-type-changed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                 \
  X(CASE_ADDED, "case-added", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                                 \
  X(CASE_REMOVED, "case-removed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                             \
  X(CASES_REORDERED, "cases-reordered", ABI_BREAKING, ABI_BREAKING, "value types must be equal, in order")             \
  X(CASE_TYPE_CHANGED, "case-type-changed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                   \
  X(FLAG_ADDED, "flag-added", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                                 \
  X(FLAG_REMOVED, "flag-removed", ABI_BREAKING, ABI_BREAKING, "value types must be equal")                             \
  X(FLAGS_REORDERED, "flags-reordered", ABI_BREAKING, ABI_BREAKING, "value types must be equal, in order")             \
                                                                                                                       \
  X(GATE_OPENED, "gate-opened", COMPATIBLE, ABI_BREAKING, "it was there for those who turned its feature on")          \
  X(GATE_CLOSED, "gate-closed", ABI_BREAKING, SOURCE_BREAKING, "it is there for those who turn its feature on")        \
  X(SINCE_CHANGED, "since-changed", COMPATIBLE, COMPATIBLE, "'@since' is no part of a type")                           \
  X(FEATURE_CHANGED, "feature-changed", COMPATIBLE, COMPATIBLE, "its feature is on in both")                           \
  X(DEPRECATED, "deprecated", COMPATIBLE, COMPATIBLE, "'@deprecated' is no part of a type; better use something else") \
  X(UNDEPRECATED, "undeprecated", COMPATIBLE, COMPATIBLE, "'@deprecated' is no part of a type")                        \
  X(EXTERNAL_ID_CHANGED, "external-id-changed", COMPATIBLE, COMPATIBLE,                                                \
    "type checking ignores it, but the platform may bind something else")                                              \
  X(IMPLEMENTS_CHANGED, "implements-changed", COMPATIBLE, COMPATIBLE,                                                  \
    "type checking ignores which interface a name stands for; what is in it is listed apart")                          \
  X(DOCS_CHANGED, "docs-changed", COMPATIBLE, COMPATIBLE, "documentation is no part of a type")

typedef enum change_rule {
#define X(NAME, id, callers, implementers, why) RULE_##NAME,
  REVIEW_RULES(X)
#undef X
  RULE_COUNT
} change_rule;

typedef struct rule_row {
  const char *id;
  change_class callers, implementers;
  const char *why;
} rule_row;

const rule_row *rule_get(change_rule r);
/* "compatible", "source-breaking", "abi-breaking" */
const char *class_name(change_class c);

#endif
