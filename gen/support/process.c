/*
 * Process: posix_spawn with what every caller wants of it.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "support/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ; /* not declared by headers of C11 */

static void add_file(posix_spawn_file_actions_t *actions, int ours, int theirs) {
  if (ours >= 0)
    posix_spawn_file_actions_adddup2(actions, ours, theirs);
}

int process_start(const char *const arguments[], process_files files, pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  add_file(&actions, files.in, STDIN_FILENO);
  add_file(&actions, files.out, STDOUT_FILENO);
  add_file(&actions, files.err, STDERR_FILENO);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  int error = posix_spawnp(child, arguments[0], &actions, &attributes, (char *const *)(uintptr_t)arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int process_wait(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return -1;
  return status;
}

int process_pipe(int ends[2]) {
  if (pipe(ends) != 0)
    return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
}
