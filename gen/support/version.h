/*
 * Version of witgen, as in its outputs and `--version`.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_VERSION_H
#define WITGEN_SUPPORT_VERSION_H

#define WITGEN_VERSION "0.1.0"

#endif
