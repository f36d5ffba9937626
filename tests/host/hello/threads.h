/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What threads.wat says, and why: each letter is written by a step of a thread, in the order in which the explainer's rules for
 * `thread.*` make them run. The same on every engine, but where two stacks are needed.
 */
#ifndef THREADS_H
#define THREADS_H

typedef struct threads_case {
  unsigned milliseconds; /* how the guest knows it */
  const char *name, *letters;
  bool needs_stacks; /* one thread goes on while another is in the middle, and the other way round */
} threads_case;

static const threads_case threads_cases[] = {
  {1, "a thread that resume-later began returns for the task", "a", false},
  {2, "suspend-then-resume: the new thread at once, then the one it woke", "abc", false},
  {3, "yield-then-resume: the new thread at once, then the caller", "abc", false},
  {4, "yield-then-promote and suspend-then-promote: the one that is ready first", "abcde", false},
  {7, "two threads that block in turns", "ab", true},
  {8, "a thread that yields while another waits for it", "ab", false},
  {9, "a handle of the current task: get, set, drop", "a", false},
};

/* The guest's name is as long as the index in its table. */
static const struct { const char *name, *what; } threads_no_functions[] = {
  {"", "null"}, {"1234567", "of another type"}, {"12345678", "null, the last"}, {"123456789", "behind the end"}};

#define THREADS_NO_FUNCTION "demo:hello/greeter#greet: undefined table element or indirect call type mismatch"

#endif
