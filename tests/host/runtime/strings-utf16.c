/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "strings.h"

int main(void) { return strings_main("strings-utf16"); }
