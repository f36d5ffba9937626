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

#endif
