/*
 * Options of `witgen diff`: the table, and the command line.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/options.h"

#include "support/vec.h"

#define AT(field) offsetof(diff_options, field)

const option_row diff_option_rows[] = {
    {"world", "w", VALUE_TEXT, GROUP_WHAT, AT(world), .value = "WORLD",
     .help = "compare only this world of both inputs, and what it needs, as 'name',\n"
             "'ns:pkg/name' or 'ns:pkg/name@version' [default: everything]"},
    {"features", NULL, VALUE_WORDS, GROUP_WHAT, AT(resolve.features), .value = "FEATURES",
     .help = "turn on these @unstable features in both inputs: a comma-separated list,\nrepeatable"},
    {"all-features", NULL, VALUE_FLAG, GROUP_WHAT, AT(resolve.all_features), .help = "turn on every @unstable feature"},

    {"format", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(format), .value = "FORMAT",
     .help = "text, json or markdown [default: text]", .choices = "text json markdown"},
    {"output", "o", VALUE_FILE, GROUP_OUTPUT, AT(output), .value = "FILE", .help = "write to FILE instead of standard output"},
    {"color", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(color), .value = "WHEN",
     .help = "colours in text: auto, always or never; auto is on a terminal, unless\nNO_COLOR is set [default: auto]",
     .choices = "auto always never"},
    {"fail-on", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(fail_on), .value = "CLASS",
     .help = "exit with status 1 when there is an abi-breaking change (abi), or also a\n"
             "source-breaking one (source), or any at all (any) [default: none]",
     .choices = "none abi source any"},
    {"for", NULL, VALUE_CHOICE, GROUP_OUTPUT, AT(party), .value = "PARTY",
     .help = "whose classes --fail-on goes by: callers, implementers or both\n[default: both]",
     .choices = "callers implementers both"},

    {"help", "h", VALUE_FLAG, GROUP_OTHER, AT(help), .help = "print this text", .scope = SCOPE_RUN},
};

const size_t diff_option_row_count = sizeof diff_option_rows / sizeof *diff_option_rows;
