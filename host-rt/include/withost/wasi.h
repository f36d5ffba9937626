/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * wasi_snapshot_preview1 for guests from a C toolchain of that system, as far as C programs need it: standard streams,
 * clocks, random numbers, arguments, environment, exit. No files, no sockets, no sleeping (nothing here blocks).
 *
 * A guest that imports it can always be linked, and is denied everything: streams are closed, arguments and environment
 * empty, clocks and random numbers fail. What it may have is in a struct of yours:
 *
 *   withost_store_set_wasi(store, withost_wasi_process());         everything that is your own process's, or
 *   static const withost_wasi mine = {.write = to_my_log};
 *   withost_store_set_wasi(store, &mine);                          a little
 *
 * Laws
 *
 *  W1. The struct applies to instances that are made after the call, and must outlive them.
 *  W2. The functions in it follow law 8 of withost.h, as any import; they get the call, and so the group, that they work for.
 *  W3. exit() ends the instance with a trap, "the guest called exit(3)". Nothing of the process ends.
 */
#ifndef WITHOST_WASI_H
#define WITHOST_WASI_H

#include <withost/withost.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum withost_wasi_clock {
  WITHOST_WASI_REALTIME, /* since 1970 */
  WITHOST_WASI_MONOTONIC,
  WITHOST_WASI_PROCESS_CPU,
  WITHOST_WASI_THREAD_CPU
} withost_wasi_clock;

/* Every member may be NULL: denied. */
typedef struct withost_wasi {
  const char *const *args;        /* ends with NULL */
  const char *const *environment; /* "NAME=value", ends with NULL */
  /* fd is 0. Returns how many bytes were read, 0 at the end, or negative: an I/O error. */
  ptrdiff_t (*read)(void *user, withost_call *call, int fd, uint8_t *buffer, size_t size);
  /* fd is 1 or 2. Returns how many bytes were taken, or negative: an I/O error. */
  ptrdiff_t (*write)(void *user, withost_call *call, int fd, const uint8_t *bytes, size_t size);
  /* 0, or negative: there is no such clock. */
  int (*clock)(void *user, withost_call *call, withost_wasi_clock clock, uint64_t *nanoseconds);
  /* 0, or negative: there are none now. */
  int (*random)(void *user, withost_call *call, uint8_t *buffer, size_t size);
  void *user;
} withost_wasi;

/* Says what guests may have, from now on (W1). NULL: nothing. */
void withost_store_set_wasi(withost_store *store, const withost_wasi *wasi);

/* The standard streams, clocks and random numbers of this process; no arguments, no environment. Copy it to change it. */
const withost_wasi *withost_wasi_process(void);

/* ---- For glue ------------------------------------------------------------------------------------------------------- */

/* Name in capitals, name, core signature: parameters, colon, results. */
#define WITHOST_WASI_FUNCTIONS(X) \
  X(ARGS_GET, args_get, "ii:i") \
  X(ARGS_SIZES_GET, args_sizes_get, "ii:i") \
  X(ENVIRON_GET, environ_get, "ii:i") \
  X(ENVIRON_SIZES_GET, environ_sizes_get, "ii:i") \
  X(CLOCK_RES_GET, clock_res_get, "ii:i") \
  X(CLOCK_TIME_GET, clock_time_get, "iIi:i") \
  X(FD_ADVISE, fd_advise, "iIIi:i") \
  X(FD_ALLOCATE, fd_allocate, "iII:i") \
  X(FD_CLOSE, fd_close, "i:i") \
  X(FD_DATASYNC, fd_datasync, "i:i") \
  X(FD_FDSTAT_GET, fd_fdstat_get, "ii:i") \
  X(FD_FDSTAT_SET_FLAGS, fd_fdstat_set_flags, "ii:i") \
  X(FD_FDSTAT_SET_RIGHTS, fd_fdstat_set_rights, "iII:i") \
  X(FD_FILESTAT_GET, fd_filestat_get, "ii:i") \
  X(FD_FILESTAT_SET_SIZE, fd_filestat_set_size, "iI:i") \
  X(FD_FILESTAT_SET_TIMES, fd_filestat_set_times, "iIIi:i") \
  X(FD_PREAD, fd_pread, "iiiIi:i") \
  X(FD_PRESTAT_GET, fd_prestat_get, "ii:i") \
  X(FD_PRESTAT_DIR_NAME, fd_prestat_dir_name, "iii:i") \
  X(FD_PWRITE, fd_pwrite, "iiiIi:i") \
  X(FD_READ, fd_read, "iiii:i") \
  X(FD_READDIR, fd_readdir, "iiiIi:i") \
  X(FD_RENUMBER, fd_renumber, "ii:i") \
  X(FD_SEEK, fd_seek, "iIii:i") \
  X(FD_SYNC, fd_sync, "i:i") \
  X(FD_TELL, fd_tell, "ii:i") \
  X(FD_WRITE, fd_write, "iiii:i") \
  X(PATH_CREATE_DIRECTORY, path_create_directory, "iii:i") \
  X(PATH_FILESTAT_GET, path_filestat_get, "iiiii:i") \
  X(PATH_FILESTAT_SET_TIMES, path_filestat_set_times, "iiiiIIi:i") \
  X(PATH_LINK, path_link, "iiiiiii:i") \
  X(PATH_OPEN, path_open, "iiiiiIIii:i") \
  X(PATH_READLINK, path_readlink, "iiiiii:i") \
  X(PATH_REMOVE_DIRECTORY, path_remove_directory, "iii:i") \
  X(PATH_RENAME, path_rename, "iiiiii:i") \
  X(PATH_SYMLINK, path_symlink, "iiiii:i") \
  X(PATH_UNLINK_FILE, path_unlink_file, "iii:i") \
  X(POLL_ONEOFF, poll_oneoff, "iiii:i") \
  X(PROC_EXIT, proc_exit, "i:") \
  X(PROC_RAISE, proc_raise, "i:i") \
  X(RANDOM_GET, random_get, "ii:i") \
  X(SCHED_YIELD, sched_yield, ":i") \
  X(SOCK_ACCEPT, sock_accept, "iii:i") \
  X(SOCK_RECV, sock_recv, "iiiiii:i") \
  X(SOCK_SEND, sock_send, "iiiii:i") \
  X(SOCK_SHUTDOWN, sock_shutdown, "ii:i")

typedef enum withost_wasi_function {
#define WITHOST_WASI_ENUM(NAME, name, signature) WITHOST_WASI_##NAME,
  WITHOST_WASI_FUNCTIONS(WITHOST_WASI_ENUM)
#undef WITHOST_WASI_ENUM
  WITHOST_WASI_COUNT
} withost_wasi_function;

/* Inside an entry. arguments: one slot each. Returns the errno of WASI. */
uint32_t withost_wasi_call(withost_instance *instance, withost_wasi_function function, const uint64_t *arguments);

#ifdef __cplusplus
}
#endif
#endif
