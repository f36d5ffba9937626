/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <witguest/loop.h>

#include "every.h"

BENCH_KEEP(BENCH_TASKS(BENCH_ITEM) BENCH_LOOP(BENCH_ITEM))
