/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * How the intrinsics of tasks are spelt in a core module, for this library and for the generator (gen/abi/core_names.c). No tool
 * has settled these names yet (component-model pull request 730 has none): when one does, this is the place.
 */
#ifndef WITGUEST_TASK_NAMES_H
#define WITGUEST_TASK_NAMES_H

#define WITGUEST_NAME_MODULE          "$root"
#define WITGUEST_NAME_THREAD_GET_TASK "[thread-get-task]"
#define WITGUEST_NAME_THREAD_SET_TASK "[thread-set-task]"
#define WITGUEST_NAME_TASK_DROP       "[task-drop]"

#endif
