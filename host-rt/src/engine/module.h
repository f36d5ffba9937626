/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What the bytes of a guest say of it besides its code, before any engine has looked at them.
 */
#ifndef WITHOST_MODULE_H
#define WITHOST_MODULE_H

#include <withost/glue.h>

/* A component, where a core module is wanted. */
bool withost__module_is_component(const uint8_t *bytes, size_t size);

typedef enum withost__module_says { WITHOST__SAYS_NOTHING, WITHOST__SAYS_ONE, WITHOST__SAYS_SEVERAL } withost__module_says;

/* The string encoding in its component-type sections. Any bytes will do: what cannot be read says nothing. */
withost__module_says withost__module_encoding(const uint8_t *bytes, size_t size, withost_encoding *encoding);

typedef enum withost__module_types { WITHOST__TYPES_PLAIN, WITHOST__TYPES_ODD_INSIDE, WITHOST__TYPES_ODD_OUTSIDE } withost__module_types;

/*
 * Whether a valid module has function types with other values than numbers, externref and funcref: vectors, say; or tables of other
 * things. Outside: one of its imported or exported functions has such a type, or the module cannot be read. libwasmtime's C API
 * ends the process when it is asked for a type like that.
 */
withost__module_types withost__module_check_types(const uint8_t *bytes, size_t size);

#endif
