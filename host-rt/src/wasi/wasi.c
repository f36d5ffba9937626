/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * wasi_snapshot_preview1: one function each that the guest may have, one table. What is not in the table is denied: paths,
 * files and sockets as descriptors that are not open, the rest as not there. A bad pointer is an errno, never a trap.
 */
#include <withost/wasi.h>

#include "../task/machine.h"

enum { ERRNO_SUCCESS = 0, ERRNO_BADF = 8, ERRNO_FAULT = 21, ERRNO_INVAL = 28, ERRNO_IO = 29, ERRNO_NOSYS = 52,
       ERRNO_SPIPE = 70 };
enum { FILETYPE_CHARACTER_DEVICE = 2, RIGHT_READ = 1 << 1, RIGHT_WRITE = 1 << 6 };

static const withost_wasi nothing = {0};

static const withost_wasi *allowed(const withost_instance *i) { return i->wasi ? i->wasi : &nothing; }

/* [address, address + size) of guest memory, or NULL. */
static uint8_t *guest(const withost_instance *i, uint64_t address, uint64_t size) {
  return withost_memory_has(i, address + size) && withost_memory(i) ? withost_memory(i) + address : NULL;
}

static bool guest_store_u32(const withost_instance *i, uint64_t address, uint32_t value) {
  uint8_t *p = guest(i, address, 4);
  if (p) withost_store_u32(p, value);
  return p;
}

static bool guest_store_u64(const withost_instance *i, uint64_t address, uint64_t value) {
  uint8_t *p = guest(i, address, 8);
  if (p) withost_store_u64(p, value);
  return p;
}

/* ---- Around functions of the host ---- */

static withost_call *host_enter(withost_instance *i, withost_wasi_function function, withost_call *call) {
  static const withost_function functions[] = {
#define FUNCTION(NAME, text, signature) {.interface = "wasi_snapshot_preview1", .name = #text},
    WITHOST_WASI_FUNCTIONS(FUNCTION)
#undef FUNCTION
  };
  *call = (withost_call){.function = &functions[function], .instance = i, .super = *(withost_task *const *)i->running,
                         .kind = WITHOST_CALL_IMPORT_SYNC};
  return call;
}

/* ---- Streams ---- */

static bool is_open(const withost_instance *i, uint64_t fd) {
  if (fd > 2 || i->wasi_closed & 1u << fd) return false;
  return fd == 0 ? allowed(i)->read != NULL : allowed(i)->write != NULL;
}

/* One piece of a vector: how many bytes moved, or negative. */
static ptrdiff_t stream_move(withost_instance *i, withost_wasi_function function, int fd, uint8_t *bytes, size_t size) {
  const withost_wasi *w = allowed(i);
  withost_call call;
  host_enter(i, function, &call);
  ptrdiff_t moved = fd == 0 ? w->read(w->user, &call, fd, bytes, size) : w->write(w->user, &call, fd, bytes, size);
  withost_import_leave(i);
  return moved > (ptrdiff_t)size ? -1 : moved;
}

/* fd, vector, count, where the number of bytes goes. Ends early where less moves than was asked for. */
static uint32_t stream_move_vector(withost_instance *i, withost_wasi_function function, const uint64_t *a) {
  uint32_t total = 0;
  for (uint64_t n = 0; n < a[2]; n++) {
    const uint8_t *piece = guest(i, a[1] + n * 8, 8);
    uint32_t size = piece ? withost_load_u32(piece + 4) : 0;
    uint8_t *bytes = piece ? guest(i, withost_load_u32(piece), size) : NULL;
    if (!bytes || (uint64_t)total + size > INT32_MAX) return ERRNO_FAULT;
    if (!size) continue;
    ptrdiff_t moved = stream_move(i, function, (int)a[0], bytes, size);
    if (moved < 0) return ERRNO_IO;
    total += (uint32_t)moved;
    if ((size_t)moved < size) break;
  }
  return guest_store_u32(i, a[3], total) ? ERRNO_SUCCESS : ERRNO_FAULT;
}

static uint32_t fd_read(withost_instance *i, const uint64_t *a) {
  return is_open(i, a[0]) && a[0] == 0 ? stream_move_vector(i, WITHOST_WASI_FD_READ, a) : ERRNO_BADF;
}

static uint32_t fd_write(withost_instance *i, const uint64_t *a) {
  return is_open(i, a[0]) && a[0] != 0 ? stream_move_vector(i, WITHOST_WASI_FD_WRITE, a) : ERRNO_BADF;
}

static uint32_t fd_close(withost_instance *i, const uint64_t *a) {
  if (!is_open(i, a[0])) return ERRNO_BADF;
  i->wasi_closed |= 1u << a[0];
  return ERRNO_SUCCESS;
}

/* A terminal, so that the guest's stdio writes whole lines: a reactor has no end at which it would flush. */
static uint32_t fd_fdstat_get(withost_instance *i, const uint64_t *a) {
  if (!is_open(i, a[0])) return ERRNO_BADF;
  uint8_t *p = guest(i, a[1], 24);
  if (!p) return ERRNO_FAULT;
  memset(p, 0, 24);
  p[0] = FILETYPE_CHARACTER_DEVICE;
  withost_store_u64(p + 8, a[0] == 0 ? RIGHT_READ : RIGHT_WRITE);
  return ERRNO_SUCCESS;
}

static uint32_t fd_filestat_get(withost_instance *i, const uint64_t *a) {
  if (!is_open(i, a[0])) return ERRNO_BADF;
  uint8_t *p = guest(i, a[1], 64);
  if (!p) return ERRNO_FAULT;
  memset(p, 0, 64);
  p[16] = FILETYPE_CHARACTER_DEVICE;
  return ERRNO_SUCCESS;
}

/* What needs a file with a position. */
static uint32_t fd_position(withost_instance *i, const uint64_t *a) { return is_open(i, a[0]) ? ERRNO_SPIPE : ERRNO_BADF; }
/* What does nothing on a stream. */
static uint32_t fd_nothing(withost_instance *i, const uint64_t *a) { return is_open(i, a[0]) ? ERRNO_SUCCESS : ERRNO_BADF; }

/* ---- Arguments and environment: a list of pointers, and the texts they point to ---- */

static uint32_t texts_sizes(withost_instance *i, const char *const *texts, const uint64_t *a) {
  uint32_t count = 0, bytes = 0;
  for (; texts && texts[count]; count++) bytes += (uint32_t)strlen(texts[count]) + 1;
  return guest_store_u32(i, a[0], count) && guest_store_u32(i, a[1], bytes) ? ERRNO_SUCCESS : ERRNO_FAULT;
}

static uint32_t texts_get(withost_instance *i, const char *const *texts, const uint64_t *a) {
  uint64_t at = a[1];
  for (size_t n = 0; texts && texts[n]; n++) {
    size_t size = strlen(texts[n]) + 1;
    uint8_t *p = guest(i, at, size);
    if (!p || !guest_store_u32(i, a[0] + n * 4, (uint32_t)at)) return ERRNO_FAULT;
    memcpy(p, texts[n], size);
    at += size;
  }
  return ERRNO_SUCCESS;
}

static uint32_t args_get(withost_instance *i, const uint64_t *a) { return texts_get(i, allowed(i)->args, a); }
static uint32_t args_sizes_get(withost_instance *i, const uint64_t *a) { return texts_sizes(i, allowed(i)->args, a); }
static uint32_t environ_get(withost_instance *i, const uint64_t *a) { return texts_get(i, allowed(i)->environment, a); }
static uint32_t environ_sizes_get(withost_instance *i, const uint64_t *a) {
  return texts_sizes(i, allowed(i)->environment, a);
}

/* ---- Clocks, random numbers, the process ---- */

static uint32_t clock_read(withost_instance *i, withost_wasi_function function, uint64_t id, uint64_t *time) {
  const withost_wasi *w = allowed(i);
  if (!w->clock) return ERRNO_NOSYS;
  if (id > WITHOST_WASI_THREAD_CPU) return ERRNO_INVAL;
  withost_call call;
  int error = w->clock(w->user, host_enter(i, function, &call), (withost_wasi_clock)id, time);
  withost_import_leave(i);
  return error ? ERRNO_INVAL : ERRNO_SUCCESS;
}

static uint32_t clock_time_get(withost_instance *i, const uint64_t *a) {
  uint64_t time = 0;
  uint32_t error = clock_read(i, WITHOST_WASI_CLOCK_TIME_GET, a[0], &time);
  if (error) return error;
  return guest_store_u64(i, a[2], time) ? ERRNO_SUCCESS : ERRNO_FAULT;
}

static uint32_t clock_res_get(withost_instance *i, const uint64_t *a) {
  uint64_t time;
  uint32_t error = clock_read(i, WITHOST_WASI_CLOCK_RES_GET, a[0], &time);
  if (error) return error;
  return guest_store_u64(i, a[1], 1) ? ERRNO_SUCCESS : ERRNO_FAULT;
}

static uint32_t random_get(withost_instance *i, const uint64_t *a) {
  const withost_wasi *w = allowed(i);
  uint8_t *p = guest(i, a[0], a[1]);
  if (!w->random) return ERRNO_NOSYS;
  if (!p) return ERRNO_FAULT;
  withost_call call;
  int error = w->random(w->user, host_enter(i, WITHOST_WASI_RANDOM_GET, &call), p, (size_t)a[1]);
  withost_import_leave(i);
  return error ? ERRNO_IO : ERRNO_SUCCESS;
}

static uint32_t proc_exit(withost_instance *i, const uint64_t *a) {
  withost_trap(i, "the guest called exit(%u)", (uint32_t)a[0]);
}

static uint32_t sched_yield(withost_instance *i, const uint64_t *a) {
  (void)i;
  (void)a;
  return ERRNO_SUCCESS;
}

/* ---- The table ---- */

typedef uint32_t wasi_function(withost_instance *i, const uint64_t *a);

static wasi_function *const functions[WITHOST_WASI_COUNT] = {
  [WITHOST_WASI_ARGS_GET] = args_get,
  [WITHOST_WASI_ARGS_SIZES_GET] = args_sizes_get,
  [WITHOST_WASI_ENVIRON_GET] = environ_get,
  [WITHOST_WASI_ENVIRON_SIZES_GET] = environ_sizes_get,
  [WITHOST_WASI_CLOCK_RES_GET] = clock_res_get,
  [WITHOST_WASI_CLOCK_TIME_GET] = clock_time_get,
  [WITHOST_WASI_FD_ADVISE] = fd_position,
  [WITHOST_WASI_FD_ALLOCATE] = fd_position,
  [WITHOST_WASI_FD_CLOSE] = fd_close,
  [WITHOST_WASI_FD_DATASYNC] = fd_nothing,
  [WITHOST_WASI_FD_FDSTAT_GET] = fd_fdstat_get,
  [WITHOST_WASI_FD_FDSTAT_SET_FLAGS] = fd_nothing,
  [WITHOST_WASI_FD_FILESTAT_GET] = fd_filestat_get,
  [WITHOST_WASI_FD_FILESTAT_SET_SIZE] = fd_position,
  [WITHOST_WASI_FD_PREAD] = fd_position,
  [WITHOST_WASI_FD_PWRITE] = fd_position,
  [WITHOST_WASI_FD_READ] = fd_read,
  [WITHOST_WASI_FD_SEEK] = fd_position,
  [WITHOST_WASI_FD_SYNC] = fd_nothing,
  [WITHOST_WASI_FD_TELL] = fd_position,
  [WITHOST_WASI_FD_WRITE] = fd_write,
  [WITHOST_WASI_PROC_EXIT] = proc_exit,
  [WITHOST_WASI_RANDOM_GET] = random_get,
  [WITHOST_WASI_SCHED_YIELD] = sched_yield};

/* No descriptor is open but the three streams, so everything that takes another one says so. */
static uint32_t denied(withost_wasi_function function) {
  return function == WITHOST_WASI_POLL_ONEOFF || function == WITHOST_WASI_PROC_RAISE ? ERRNO_NOSYS : ERRNO_BADF;
}

uint32_t withost_wasi_call(withost_instance *i, withost_wasi_function function, const uint64_t *a) {
  return functions[function] ? functions[function](i, a) : denied(function);
}

void withost_store_set_wasi(withost_store *store, const withost_wasi *wasi) { store->wasi = wasi; }
