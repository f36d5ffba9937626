/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a guest may have if it may have what this process has, on a POSIX system.
 */
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <withost/wasi.h>

static ptrdiff_t process_read(void *user, withost_call *call, int fd, uint8_t *buffer, size_t size) {
  (void)user;
  (void)call;
  ptrdiff_t count;
  do count = read(fd, buffer, size);
  while (count < 0 && errno == EINTR);
  return count;
}

static ptrdiff_t process_write(void *user, withost_call *call, int fd, const uint8_t *bytes, size_t size) {
  (void)user;
  (void)call;
  ptrdiff_t count;
  do count = write(fd, bytes, size);
  while (count < 0 && errno == EINTR);
  return count;
}

static int process_clock(void *user, withost_call *call, withost_wasi_clock clock, uint64_t *nanoseconds) {
  static const clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID};
  (void)user;
  (void)call;
  struct timespec t;
  if (clock_gettime(clocks[clock], &t)) return -1;
  *nanoseconds = (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
  return 0;
}

static int process_random(void *user, withost_call *call, uint8_t *buffer, size_t size) {
  (void)user;
  (void)call;
  int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ptrdiff_t got = 1;
  while (size && (got = process_read(NULL, NULL, fd, buffer, size)) > 0) {
    buffer += got;
    size -= (size_t)got;
  }
  close(fd);
  return size ? -1 : 0;
}

const withost_wasi *withost_wasi_process(void) {
  static const withost_wasi process = {
    .read = process_read, .write = process_write, .clock = process_clock, .random = process_random};
  return &process;
}
