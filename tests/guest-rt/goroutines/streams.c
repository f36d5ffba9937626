/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A test for each law of witguest/stream.h, on streams whose two ends are this guest's: that is legal for numbers.
 */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include <witguest/go.h>

#include "goroutines.h"
#include "rt.h"

static const witguest_stream_type bytes = WITGUEST_STREAM_TYPE(test_goroutines_host_stream_u8, uint8_t);
static const witguest_stream_type number = WITGUEST_FUTURE_TYPE(test_goroutines_host_future_u64, uint64_t);

typedef struct pipe { witguest_reader reader; witguest_writer writer; } pipe;

static void pipe_open(pipe *p) {
  test_goroutines_host_stream_u8_writer_t writer;
  witguest_reader_init(&p->reader, &bytes, test_goroutines_host_stream_u8_new(&writer));
  witguest_writer_init(&p->writer, &bytes, writer);
}

static void pipe_close(pipe *p) {
  rt_check(witguest_reader_drop(&p->reader) == WITGUEST_OK, "the reader is idle");
  rt_check(witguest_writer_drop(&p->writer) == WITGUEST_OK, "the writer is idle");
}

/* What a read or write of another goroutine hears of comes from the host: in another turn. */
static void settle(void) {
  for (unsigned n = 0; n < 200; n++) witguest_go_yield();
}

/* Writes a text, in pieces, and drops the writer. */
typedef struct source { witguest_writer *writer; const char *text; size_t piece; int status; } source;

static void source_run(void *arg) {
  source *s = arg;
  for (size_t left = strlen(s->text); left && !s->status;) {
    size_t piece = left < s->piece ? left : s->piece;
    s->status = witguest_go_write_all(s->writer, s->text, piece, NULL);
    s->text += piece;
    left -= piece;
  }
  witguest_writer_drop(s->writer);
}

static void count_call(void *arg, int status, size_t count) {
  (void)status;
  (void)count;
  ++*(unsigned *)arg;
}

void p1_one_operation_an_end(void) {
  pipe p;
  uint8_t a, b;
  unsigned calls = 0;
  pipe_open(&p);
  rt_check(witguest_read(&p.reader, &a, 1, count_call, &calls) == WITGUEST_OK, "the first");
  rt_check(witguest_read(&p.reader, &b, 1, count_call, &calls) == WITGUEST_EBUSY, "a second is refused");
  rt_check(witguest_reader_drop(&p.reader) == WITGUEST_EBUSY, "so is dropping");
  uint32_t taken;
  rt_check(witguest_reader_take(&p.reader, &taken) == WITGUEST_EBUSY, "and taking it away");
  rt_check(witguest_writer_cancel(&p.writer) == WITGUEST_EINVAL, "nothing to cancel at the other end");
  rt_check(witguest_go_write_all(&p.writer, "x", 1, NULL) == WITGUEST_OK, "a write completes it");
  settle();
  rt_check(a == 'x' && calls == 1, "the first has its byte, and only it was told");
  pipe_close(&p);
}

typedef struct told { unsigned calls; int status; size_t count; bool inside; } told;

static void tell(void *arg, int status, size_t count) {
  told *t = arg;
  rt_check(!t->inside, "not before the function has returned");
  t->calls++;
  t->status = status;
  t->count = count;
}

void p2_told_exactly_once(void) {
  pipe p;
  char got[4] = "";
  told reading = {0}, writing = {0};
  pipe_open(&p);
  reading.inside = writing.inside = true;
  witguest_read(&p.reader, got, 3, tell, &reading);
  reading.inside = false;
  witguest_write_all(&p.writer, "abc", 3, tell, &writing); /* done at once */
  writing.inside = false;
  settle();
  rt_check(reading.calls == 1 && writing.calls == 1, "each once");
  rt_check(!strcmp(got, "abc") && reading.count == 3 && writing.count == 3, "with all bytes");
  pipe_close(&p);
}

void p3_what_a_status_means(void) {
  pipe p;
  char got[8];
  size_t moved = 9;
  told writing = {0}, reading = {0};
  pipe_open(&p);
  witguest_write_all(&p.writer, "abcdef", 6, tell, &writing);
  rt_check(witguest_go_read(&p.reader, got, 2, &moved) == WITGUEST_OK && moved == 2, "OK: some were read");
  witguest_reader_drop(&p.reader);
  settle();
  rt_check(writing.status == WITGUEST_ECLOSED && writing.count == 2, "ECLOSED: the reader is gone; two had moved");
  rt_check(witguest_go_write_all(&p.writer, "x", 1, NULL) == WITGUEST_ECLOSED, "and stays so, without asking again");
  witguest_writer_drop(&p.writer);
  pipe_open(&p);
  witguest_read(&p.reader, got, 2, tell, &reading);
  witguest_reader_cancel(&p.reader);
  rt_check(reading.calls == 0, "not inside the cancel");
  settle();
  rt_check(reading.calls == 1 && reading.status == WITGUEST_ECANCELLED && reading.count == 0, "ECANCELLED, with nothing");
  witguest_writer_drop(&p.writer);
  rt_check(witguest_go_read(&p.reader, got, 2, &moved) == WITGUEST_ECLOSED && moved == 0, "ECLOSED: the writer is gone");
  witguest_reader_drop(&p.reader);
}

void p4_read_all(void) {
  char *text = malloc(5001);
  void *got;
  size_t count;
  if (!text) abort();
  for (size_t n = 0; n < 5000; n++) text[n] = (char)('a' + n % 26);
  text[5000] = 0;
  for (size_t limit = 4999; limit <= 5001; limit++) {
    pipe p;
    pipe_open(&p);
    source s = {&p.writer, text, 700, 0};
    witguest_go(source_run, &s);
    int status = witguest_go_read_all(&p.reader, limit, &got, &count);
    rt_check(status == (limit < 5000 ? WITGUEST_ELIMIT : WITGUEST_OK), limit < 5000 ? "more than the limit" : "all of it");
    rt_check(count == 5000 && !memcmp(got, text, count), "the bytes");
    witguest_reader_drop(&p.reader);
    settle();
    free(got);
  }
  free(text);
  pipe p;
  pipe_open(&p);
  witguest_writer_drop(&p.writer);
  rt_check(witguest_go_read_all(&p.reader, 10, &got, &count) == WITGUEST_OK && !count && !got, "nothing at all");
  witguest_reader_drop(&p.reader);
}

typedef struct copy { pipe *from, *to; int status; size_t moved; } copy;

static void copy_run(void *arg) {
  copy *c = arg;
  c->status = witguest_go_copy(&c->from->reader, &c->to->writer, 4, &c->moved);
  witguest_writer_drop(&c->to->writer);
}

void p4_copy_holds_back(void) {
  pipe from, to;
  void *got;
  size_t count;
  pipe_open(&from);
  pipe_open(&to);
  source s = {&from.writer, "a slow reader holds a fast writer back", 100, 0};
  copy c = {&from, &to, 1, 0};
  witguest_go(source_run, &s);
  witguest_go(copy_run, &c);
  settle();
  rt_equal(from.writer.end.left, strlen("a slow reader holds a fast writer back") - 4, "nobody reads: four bytes are on the way");
  rt_check(witguest_go_read_all(&to.reader, 100, &got, &count) == WITGUEST_OK, "read to the end");
  rt_check(count == 38 && !memcmp(got, "a slow reader", 13), "all bytes");
  rt_check(c.status == WITGUEST_OK && c.moved == 38, "the copy ends well");
  free(got);
  witguest_reader_drop(&from.reader);
  witguest_reader_drop(&to.reader);
}

void copy_ends(void) {
  pipe from, to;
  pipe_open(&from);
  pipe_open(&to);
  rt_check(witguest_go_copy(&from.reader, &to.writer, 0, NULL) == WITGUEST_EINVAL, "no buffer");
  copy c = {&from, &to, 1, 0};
  witguest_go(copy_run, &c);
  settle();
  rt_check(witguest_reader_cancel(&from.reader) == WITGUEST_OK, "cancelled while it reads");
  settle();
  rt_check(c.status == WITGUEST_ECANCELLED && c.moved == 0, "says so");
  witguest_reader_drop(&to.reader);
  pipe_close(&from);
  pipe_open(&from);
  pipe_open(&to);
  c = (copy){&from, &to, 1, 0};
  source s = {&from.writer, "for nobody", 100, 0};
  witguest_reader_drop(&to.reader);
  witguest_go(source_run, &s);
  witguest_go(copy_run, &c);
  settle();
  rt_check(c.status == WITGUEST_ECLOSED, "the other end of the writer is gone");
  witguest_reader_drop(&from.reader);
  settle();
}

void lines(void) {
  static const char *const wanted[] = {"one", "", "two", "abcdefghij", "k", "last"};
  static const int statuses[] = {0, 0, 0, WITGUEST_ELIMIT, 0, 0};
  for (size_t piece = 1; piece < 12; piece += 5) {
    pipe p;
    witguest_lines l;
    char *line;
    size_t length;
    pipe_open(&p);
    source s = {&p.writer, "one\n\ntwo\r\nabcdefghijk\nlast", piece, 0};
    witguest_go(source_run, &s);
    witguest_lines_init(&l, &p.reader, 8);
    for (unsigned n = 0; n < 6; n++) {
      int status = witguest_go_next_line(&l, &line, &length);
      rt_check(status == statuses[n], "the status of a line");
      rt_check(length == strlen(wanted[n]) && !strcmp(line, wanted[n]), wanted[n]);
    }
    rt_check(witguest_go_next_line(&l, &line, &length) == WITGUEST_ECLOSED && !line, "no more");
    witguest_lines_release(&l);
    witguest_reader_drop(&p.reader);
  }
}

static void fill(void *arg) {
  void **both = arg;
  rt_check(witguest_channel_fill(both[0], both[1]) == WITGUEST_OK, "to the end of the stream");
}

static void drain(void *arg) {
  void **both = arg;
  rt_check(witguest_channel_drain(both[0], both[1]) == WITGUEST_OK, "until the channel is closed");
  witguest_writer_drop(both[1]);
}

static void shout(void *arg) {
  witguest_channel **both = arg;
  char c;
  while (!witguest_channel_receive(both[0], &c)) {
    c = (char)(c - 'a' + 'A');
    witguest_channel_send(both[1], &c);
  }
  witguest_channel_close(both[1]);
}

void streams_as_channels(void) {
  pipe from, to;
  pipe_open(&from);
  pipe_open(&to);
  witguest_channel *in = witguest_channel_new(1, 2), *out = witguest_channel_new(1, 2);
  source s = {&from.writer, "shout", 3, 0};
  void *filling[] = {in, &from.reader}, *draining[] = {out, &to.writer}, *got;
  size_t count;
  witguest_channel *both[] = {in, out};
  witguest_go(source_run, &s);
  witguest_go(shout, both);
  witguest_go(fill, filling);
  witguest_go(drain, draining);
  rt_check(witguest_go_read_all(&to.reader, 10, &got, &count) == WITGUEST_OK && count == 5 && !memcmp(got, "SHOUT", 5), "SHOUT");
  free(got);
  witguest_reader_drop(&from.reader);
  witguest_reader_drop(&to.reader);
  witguest_channel_free(in);
  witguest_channel_free(out);
}

static void write_number(void *writer) {
  uint64_t value = UINT64_C(1) << 40;
  rt_check(witguest_go_write_all(writer, &value, 1, NULL) == WITGUEST_OK, "the value is taken");
  witguest_writer_drop(writer);
}

void futures(void) {
  test_goroutines_host_future_u64_writer_t end;
  witguest_reader reader;
  witguest_writer writer;
  uint64_t value = 0;
  witguest_reader_init(&reader, &number, test_goroutines_host_future_u64_new(&end));
  witguest_writer_init(&writer, &number, end);
  witguest_go(write_number, &writer);
  rt_check(witguest_go_read(&reader, &value, 1, NULL) == WITGUEST_OK && value == UINT64_C(1) << 40, "the value");
  rt_check(witguest_go_read(&reader, &value, 1, NULL) == WITGUEST_ECLOSED, "there is only one");
  witguest_reader_drop(&reader);
  settle();
}
