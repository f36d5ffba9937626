/*
 * Section: a custom section as file-scope assembly in the generated .c, for people to read and linkers to keep.
 *
 *   __asm__(".section \".custom_section.component-type:w\",\"\",@\n"
 *           ".ascii \"\\000asm\\015\\000\\001\\000\"\n" // component
 *           …
 *           ".text\n");
 *
 * A custom section has no symbol: it follows its object file into the link, whatever --gc-sections removes. To pull the
 * object file out of an archive the linker needs a symbol of it, which is component_type_force_link_symbol().
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_EMIT_SECTION_H
#define WITGEN_EMIT_SECTION_H

#include "abi/component_type.h"

/* Whether the assembler can spell a section called `name`: printable ASCII without quotes and backslashes. */
bool section_name_allowed(str name);

/* Appends the assembly that puts `lines` into the custom section `name`, which is allowed. */
void section_print(buf *out, str name, const section_line_vec *lines);

#endif
