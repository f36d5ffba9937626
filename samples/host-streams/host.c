/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The host: makes a key, which is an object of the guest, and a stream. The guest gets the key and the readable end, and answers
 * with a stream of its own; the host writes text into the one and reads code from the other, both at once. Each operation on
 * an end has a callback, and each callback starts the next operation.
 */
#include <stdio.h>
#include <string.h>

#include "caesar_host.h"

static const char text[] = "Veni, vidi, vici. Alea iacta est. Et tu, Brute?";
enum { TEXT_LENGTH = sizeof text - 1 };

typedef struct host {
  withost_store *store;
  withost_stream *text, *code; /* we write the one, and read the other */
  size_t written, read;
  uint8_t buffer[24];
  int error;
} host;

/* Notes the error, if it is one. */
static int check(host *h, const char *what, int error) {
  if (error) fprintf(stderr, "%s: %s: %s\n", what, withost_error_text(error), withost_store_message(h->store));
  if (error) h->error = error;
  return error;
}

/* Text goes in. */

static void text_written(void *user, withost_stream *stream, int status, size_t count);

static void text_write(host *h) {
  const uint8_t *rest = (const uint8_t *)text + h->written;
  check(h, "write", cipher_stream_u8_write(h->text, rest, TEXT_LENGTH - h->written, text_written, h));
}

static void text_written(void *user, withost_stream *stream, int status, size_t count) {
  host *h = user;
  printf("in   %2zu bytes \"%.*s\"\n", count, (int)count, text + h->written);
  h->written += count; /* as many as the guest had room for */
  if (!status && h->written < TEXT_LENGTH) text_write(h);
  else withost_stream_drop(stream); /* this is how the guest learns that it was all */
}

/* Code comes out. */

static void code_came(void *user, withost_stream *stream, int status, size_t count);

static void code_read(host *h) {
  check(h, "read", cipher_stream_u8_read(h->code, h->buffer, sizeof h->buffer, code_came, h));
}

static void code_came(void *user, withost_stream *stream, int status, size_t count) {
  host *h = user;
  if (count) printf("out  %2zu bytes \"%.*s\"\n", count, (int)count, (const char *)h->buffer);
  h->read += count;
  if (!status) code_read(h);
  else withost_stream_drop(stream); /* WITHOST_EDROPPED: the guest has dropped its end, so this was all */
}

/* The call has an answer, and the work begins: streams outlive the call that they were passed in. */
static void encoded(void *user, withost_call *call, int status, const cipher_stream_u8_t *code) {
  host *h = user;
  (void)call;
  if (check(h, "encode", status)) return;
  h->code = *code;
  code_read(h);
}

static int encode(host *h, caesar_instance *guest) {
  cipher_own_key_t key;
  withost_stream *readable;
  if (check(h, "key", caesar_cipher_constructor_key(guest, NULL, 3, &key))) return h->error;
  if (check(h, "stream", cipher_stream_u8_new(h->store, &readable, &h->text))) return h->error;
  if (check(h, "encode", caesar_cipher_method_key_encode(guest, NULL, key, readable, encoded, h, NULL))) return h->error;
  text_write(h);
  while (withost_store_run(h->store) > 0) {} /* a host with other things to do waits here until one of them is done */
  return check(h, "drop", caesar_cipher_key_drop(key)); /* the guest's destructor runs */
}

int main(void) {
  static const caesar_imports imports = {0};
  host h = {0};
  caesar_instance *guest;
  if (withost_store_new(NULL, &h.store)) return 1;
  if (!check(&h, "guest", caesar_instantiate(h.store, caesar_program_wasm2c(), &imports, &h, &guest))) encode(&h, guest);
  check(&h, "close", withost_store_close(h.store)); /* refused if a call or a stream were left */
  printf("%zu bytes in, %zu bytes out\n", h.written, h.read);
  return h.error || h.read != TEXT_LENGTH;
}
