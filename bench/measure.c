/*
 * Times two commands against each other, whole processes:  measure RUNS DIR COMMAND... [-- DIR COMMAND...]
 *
 * Files in DIR are removed before each run, so that every run writes its output. The runs alternate, so that a busy machine
 * treats both alike. Prints one line per command: median wall time in milliseconds, the fastest run, and the largest
 * resident set in KiB. What the commands print is thrown away.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

typedef struct series {
  const char *dir; /* emptied before each run */
  char **command;
  double *times; /* milliseconds */
  size_t count;
  long largest; /* KiB */
} series;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void empty_dir(const char *path) {
  DIR *dir = opendir(path);
  for (struct dirent *entry; dir && (entry = readdir(dir));)
    unlinkat(dirfd(dir), entry->d_name, 0); /* fails for "." and "..", which stay */
  if (dir)
    closedir(dir);
}

static int run_once(series *s, const posix_spawn_file_actions_t *quiet) {
  struct rusage usage;
  int status;
  pid_t child;
  empty_dir(s->dir);
  double start = now();
  if (posix_spawnp(&child, s->command[0], quiet, NULL, s->command, environ) != 0) {
    fprintf(stderr, "measure: cannot start '%s'\n", s->command[0]);
    return 1;
  }
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "measure: '%s' failed\n", s->command[0]);
    return 1;
  }
  s->times[s->count++] = now() - start;
  if (usage.ru_maxrss > s->largest)
    s->largest = usage.ru_maxrss;
  return 0;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  size_t runs = argc > 3 ? strtoul(argv[1], NULL, 10) : 0;
  if (runs == 0) {
    fputs("usage: measure RUNS DIR COMMAND... [-- DIR COMMAND...]\n", stderr);
    return 2;
  }
  series all[2] = {{.dir = argv[2], .command = argv + 3}};
  size_t count = 1;
  for (int i = 3; i + 2 < argc && count == 1; i++)
    if (strcmp(argv[i], "--") == 0) {
      argv[i] = NULL;
      all[count++] = (series){.dir = argv[i + 1], .command = argv + i + 2};
    }
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
  for (size_t i = 0; i < count; i++)
    all[i].times = calloc(runs, sizeof *all[i].times);
  for (size_t run = 0; run < runs; run++)
    for (size_t i = 0; i < count; i++)
      if (!all[i].times || run_once(&all[i], &quiet) != 0)
        return 1;
  for (size_t i = 0; i < count; i++) {
    qsort(all[i].times, runs, sizeof *all[i].times, compare);
    printf("%.3f %.3f %ld\n", all[i].times[runs / 2], all[i].times[0], all[i].largest);
    free(all[i].times);
  }
  posix_spawn_file_actions_destroy(&quiet);
  return 0;
}
