/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A guest that uses its C library's part of the system: answers with what it could get. 666 milliseconds exit, 667 read.
 */
#define _GNU_SOURCE /* clocks and getentropy */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "hello.h"

static void answer(const char *text) {
  hello_string_t result = {(uint8_t *)text, strlen(text)};
  exports_demo_hello_greeter_greet_return(result);
}

/* What is there, a letter each: time, random numbers, environment, output, files. */
static void answer_with_all(const hello_string_t *name) {
  char text[128], line[64] = "";
  unsigned char random[8] = {0};
  struct timespec now = {0};
  bool has_clock = clock_gettime(CLOCK_MONOTONIC, &now) == 0 && now.tv_nsec == 7;
  bool has_random = getentropy(random, sizeof random) == 0 && random[7] == 42;
  const char *home = getenv("HOME");
  bool has_output = printf("to %.*s, %g\n", (int)name->len, (const char *)name->ptr, 1.5) > 0 && fflush(stdout) == 0;
  bool has_seek = lseek(1, 0, SEEK_SET) == 0, has_file = fopen("/etc/passwd", "r") != NULL;
  bool has_input = fgets(line, sizeof line, stdin) != NULL;
  snprintf(text, sizeof text, "%s%s%s%s%s%s %s %s", has_clock ? "t" : "-", has_random ? "r" : "-", has_output ? "o" : "-",
           has_seek ? "s" : "-", has_file ? "f" : "-", has_input ? "i" : "-", home ? home : "(no home)", line);
  answer(text);
}

hello_callback_code_t exports_demo_hello_greeter_greet(hello_string_t *name, uint32_t milliseconds) {
  if (milliseconds == 666) exit(3);
  answer_with_all(name);
  hello_string_free(name);
  return HELLO_CALLBACK_CODE_EXIT;
}

hello_callback_code_t exports_demo_hello_greeter_greet_callback(hello_event_t *event) {
  (void)event;
  return HELLO_CALLBACK_CODE_EXIT;
}
