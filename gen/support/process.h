/*
 * Process: another program, run without a shell.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_SUPPORT_PROCESS_H
#define WITGEN_SUPPORT_PROCESS_H

#include <sys/types.h>

/* Standard input, output and error of the child; -1: ours. */
typedef struct process_files {
  int in, out, err;
} process_files;

/* Starts `arguments[0]`, looked up in PATH; the arguments end with NULL. SIGPIPE ends it, whatever we do about that. 0 or an errno. */
int process_start(const char *const arguments[], process_files files, pid_t *child);

/* Waits for its end. Its status as waitpid() has it; -1 with errno if there is none. */
int process_wait(pid_t child);

/* A pipe that children do not inherit: `ends[0]` to read. 0 or an errno. */
int process_pipe(int ends[2]);

#endif
