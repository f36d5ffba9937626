/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * For generated <world>_wasm2c.c only: wasi_snapshot_preview1 under the names of wasm2c. A guest that does not import it
 * pays nothing: what is not used is neither compiled nor linked.
 */
#ifndef WITHOST_WASI_WASM2C_H
#define WITHOST_WASI_WASM2C_H

#include <withost/wasi.h>
#include <withost/wasm2c.h>

#ifdef WITHOST_WASM2C_NEW
#define Z_wasi_snapshot_preview1_instance_t w2c_wasi__snapshot__preview1
#define Z_wasi_snapshot_preview1Z_args_get w2c_wasi__snapshot__preview1_args_get
#define Z_wasi_snapshot_preview1Z_args_sizes_get w2c_wasi__snapshot__preview1_args_sizes_get
#define Z_wasi_snapshot_preview1Z_clock_res_get w2c_wasi__snapshot__preview1_clock_res_get
#define Z_wasi_snapshot_preview1Z_clock_time_get w2c_wasi__snapshot__preview1_clock_time_get
#define Z_wasi_snapshot_preview1Z_environ_get w2c_wasi__snapshot__preview1_environ_get
#define Z_wasi_snapshot_preview1Z_environ_sizes_get w2c_wasi__snapshot__preview1_environ_sizes_get
#define Z_wasi_snapshot_preview1Z_fd_advise w2c_wasi__snapshot__preview1_fd_advise
#define Z_wasi_snapshot_preview1Z_fd_allocate w2c_wasi__snapshot__preview1_fd_allocate
#define Z_wasi_snapshot_preview1Z_fd_close w2c_wasi__snapshot__preview1_fd_close
#define Z_wasi_snapshot_preview1Z_fd_datasync w2c_wasi__snapshot__preview1_fd_datasync
#define Z_wasi_snapshot_preview1Z_fd_fdstat_get w2c_wasi__snapshot__preview1_fd_fdstat_get
#define Z_wasi_snapshot_preview1Z_fd_fdstat_set_flags w2c_wasi__snapshot__preview1_fd_fdstat_set_flags
#define Z_wasi_snapshot_preview1Z_fd_fdstat_set_rights w2c_wasi__snapshot__preview1_fd_fdstat_set_rights
#define Z_wasi_snapshot_preview1Z_fd_filestat_get w2c_wasi__snapshot__preview1_fd_filestat_get
#define Z_wasi_snapshot_preview1Z_fd_filestat_set_size w2c_wasi__snapshot__preview1_fd_filestat_set_size
#define Z_wasi_snapshot_preview1Z_fd_filestat_set_times w2c_wasi__snapshot__preview1_fd_filestat_set_times
#define Z_wasi_snapshot_preview1Z_fd_pread w2c_wasi__snapshot__preview1_fd_pread
#define Z_wasi_snapshot_preview1Z_fd_prestat_dir_name w2c_wasi__snapshot__preview1_fd_prestat_dir_name
#define Z_wasi_snapshot_preview1Z_fd_prestat_get w2c_wasi__snapshot__preview1_fd_prestat_get
#define Z_wasi_snapshot_preview1Z_fd_pwrite w2c_wasi__snapshot__preview1_fd_pwrite
#define Z_wasi_snapshot_preview1Z_fd_read w2c_wasi__snapshot__preview1_fd_read
#define Z_wasi_snapshot_preview1Z_fd_readdir w2c_wasi__snapshot__preview1_fd_readdir
#define Z_wasi_snapshot_preview1Z_fd_renumber w2c_wasi__snapshot__preview1_fd_renumber
#define Z_wasi_snapshot_preview1Z_fd_seek w2c_wasi__snapshot__preview1_fd_seek
#define Z_wasi_snapshot_preview1Z_fd_sync w2c_wasi__snapshot__preview1_fd_sync
#define Z_wasi_snapshot_preview1Z_fd_tell w2c_wasi__snapshot__preview1_fd_tell
#define Z_wasi_snapshot_preview1Z_fd_write w2c_wasi__snapshot__preview1_fd_write
#define Z_wasi_snapshot_preview1Z_path_create_directory w2c_wasi__snapshot__preview1_path_create_directory
#define Z_wasi_snapshot_preview1Z_path_filestat_get w2c_wasi__snapshot__preview1_path_filestat_get
#define Z_wasi_snapshot_preview1Z_path_filestat_set_times w2c_wasi__snapshot__preview1_path_filestat_set_times
#define Z_wasi_snapshot_preview1Z_path_link w2c_wasi__snapshot__preview1_path_link
#define Z_wasi_snapshot_preview1Z_path_open w2c_wasi__snapshot__preview1_path_open
#define Z_wasi_snapshot_preview1Z_path_readlink w2c_wasi__snapshot__preview1_path_readlink
#define Z_wasi_snapshot_preview1Z_path_remove_directory w2c_wasi__snapshot__preview1_path_remove_directory
#define Z_wasi_snapshot_preview1Z_path_rename w2c_wasi__snapshot__preview1_path_rename
#define Z_wasi_snapshot_preview1Z_path_symlink w2c_wasi__snapshot__preview1_path_symlink
#define Z_wasi_snapshot_preview1Z_path_unlink_file w2c_wasi__snapshot__preview1_path_unlink_file
#define Z_wasi_snapshot_preview1Z_poll_oneoff w2c_wasi__snapshot__preview1_poll_oneoff
#define Z_wasi_snapshot_preview1Z_proc_exit w2c_wasi__snapshot__preview1_proc_exit
#define Z_wasi_snapshot_preview1Z_proc_raise w2c_wasi__snapshot__preview1_proc_raise
#define Z_wasi_snapshot_preview1Z_random_get w2c_wasi__snapshot__preview1_random_get
#define Z_wasi_snapshot_preview1Z_sched_yield w2c_wasi__snapshot__preview1_sched_yield
#define Z_wasi_snapshot_preview1Z_sock_accept w2c_wasi__snapshot__preview1_sock_accept
#define Z_wasi_snapshot_preview1Z_sock_recv w2c_wasi__snapshot__preview1_sock_recv
#define Z_wasi_snapshot_preview1Z_sock_send w2c_wasi__snapshot__preview1_sock_send
#define Z_wasi_snapshot_preview1Z_sock_shutdown w2c_wasi__snapshot__preview1_sock_shutdown
#endif

typedef struct Z_wasi_snapshot_preview1_instance_t { void *self; } withost_wasi_module;

static inline uint32_t Z_wasi_snapshot_preview1Z_args_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_ARGS_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_args_sizes_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_ARGS_SIZES_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_environ_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_ENVIRON_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_environ_sizes_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_ENVIRON_SIZES_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_clock_res_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_CLOCK_RES_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_clock_time_get(withost_wasi_module *m, uint32_t a, uint64_t b,
    uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_CLOCK_TIME_GET, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_advise(withost_wasi_module *m, uint32_t a, uint64_t b,
    uint64_t c, uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_ADVISE, (const uint64_t[]){a, b, c, d});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_allocate(withost_wasi_module *m, uint32_t a, uint64_t b,
    uint64_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_ALLOCATE, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_close(withost_wasi_module *m, uint32_t a) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_CLOSE, (const uint64_t[]){a});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_datasync(withost_wasi_module *m, uint32_t a) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_DATASYNC, (const uint64_t[]){a});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_fdstat_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FDSTAT_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_fdstat_set_flags(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FDSTAT_SET_FLAGS, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_fdstat_set_rights(withost_wasi_module *m, uint32_t a, uint64_t b,
    uint64_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FDSTAT_SET_RIGHTS, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_filestat_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FILESTAT_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_filestat_set_size(withost_wasi_module *m, uint32_t a, uint64_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FILESTAT_SET_SIZE, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_filestat_set_times(withost_wasi_module *m, uint32_t a,
    uint64_t b, uint64_t c, uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_FILESTAT_SET_TIMES, (const uint64_t[]){a, b, c, d});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_pread(withost_wasi_module *m, uint32_t a, uint32_t b, uint32_t c,
    uint64_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_PREAD, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_prestat_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_PRESTAT_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_prestat_dir_name(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_PRESTAT_DIR_NAME, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_pwrite(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint64_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_PWRITE, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_read(withost_wasi_module *m, uint32_t a, uint32_t b, uint32_t c,
    uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_READ, (const uint64_t[]){a, b, c, d});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_readdir(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint64_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_READDIR, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_renumber(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_RENUMBER, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_seek(withost_wasi_module *m, uint32_t a, uint64_t b, uint32_t c,
    uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_SEEK, (const uint64_t[]){a, b, c, d});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_sync(withost_wasi_module *m, uint32_t a) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_SYNC, (const uint64_t[]){a});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_tell(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_TELL, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_fd_write(withost_wasi_module *m, uint32_t a, uint32_t b, uint32_t c,
    uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_FD_WRITE, (const uint64_t[]){a, b, c, d});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_create_directory(withost_wasi_module *m, uint32_t a,
    uint32_t b, uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_CREATE_DIRECTORY, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_filestat_get(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_FILESTAT_GET, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_filestat_set_times(withost_wasi_module *m, uint32_t a,
    uint32_t b, uint32_t c, uint32_t d, uint64_t e, uint64_t f, uint32_t g) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_FILESTAT_SET_TIMES, (const uint64_t[]){a, b, c, d, e, f, g});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_link(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e, uint32_t f, uint32_t g) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_LINK, (const uint64_t[]){a, b, c, d, e, f, g});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_open(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e, uint64_t f, uint64_t g, uint32_t h, uint32_t i) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_OPEN, (const uint64_t[]){a, b, c, d, e, f, g, h, i});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_readlink(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e, uint32_t f) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_READLINK, (const uint64_t[]){a, b, c, d, e, f});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_remove_directory(withost_wasi_module *m, uint32_t a,
    uint32_t b, uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_REMOVE_DIRECTORY, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_rename(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e, uint32_t f) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_RENAME, (const uint64_t[]){a, b, c, d, e, f});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_symlink(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_SYMLINK, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_path_unlink_file(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PATH_UNLINK_FILE, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_poll_oneoff(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_POLL_ONEOFF, (const uint64_t[]){a, b, c, d});
}
static inline void Z_wasi_snapshot_preview1Z_proc_exit(withost_wasi_module *m, uint32_t a) {
  withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PROC_EXIT, (const uint64_t[]){a});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_proc_raise(withost_wasi_module *m, uint32_t a) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_PROC_RAISE, (const uint64_t[]){a});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_random_get(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_RANDOM_GET, (const uint64_t[]){a, b});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_sched_yield(withost_wasi_module *m) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_SCHED_YIELD, NULL);
}
static inline uint32_t Z_wasi_snapshot_preview1Z_sock_accept(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_SOCK_ACCEPT, (const uint64_t[]){a, b, c});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_sock_recv(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e, uint32_t f) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_SOCK_RECV, (const uint64_t[]){a, b, c, d, e, f});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_sock_send(withost_wasi_module *m, uint32_t a, uint32_t b,
    uint32_t c, uint32_t d, uint32_t e) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_SOCK_SEND, (const uint64_t[]){a, b, c, d, e});
}
static inline uint32_t Z_wasi_snapshot_preview1Z_sock_shutdown(withost_wasi_module *m, uint32_t a, uint32_t b) {
  return withost_wasi_call(withost_wasm2c_self(m), WITHOST_WASI_SOCK_SHUTDOWN, (const uint64_t[]){a, b});
}

#endif
