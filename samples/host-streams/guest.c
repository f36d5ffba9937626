/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The guest: a key is a number; a call of encode is a loop that reads a piece of text, moves its letters, and writes it on.
 * Where the other side is not there yet, the loop returns to the host, and goes on when the host calls back.
 */
#include <stdlib.h>

#include "caesar.h"

struct cipher_key_t {
  uint8_t shift;
};

cipher_own_key_t cipher_constructor_key(uint8_t shift) {
  cipher_key_t *key = malloc(sizeof *key);
  if (!key) abort();
  key->shift = shift % 26;
  return cipher_key_new(key);
}

void cipher_key_destructor(cipher_key_t *key) { free(key); }

/* What a call needs to know when it goes on. */
typedef struct coding {
  cipher_stream_u8_t text;        /* the end that we read */
  cipher_stream_u8_writer_t code; /* the end that we write */
  caesar_waitable_set_t waiting;
  uint8_t shift;      /* a copy: the key may be dropped while text flows */
  bool ended;         /* nothing more will come, or nobody takes it */
  size_t begin, end;  /* of what is in the buffer and not written yet */
  uint8_t buffer[32];
} coding;

static uint8_t letter_move(uint8_t c, uint8_t shift) {
  uint8_t first = c >= 'a' ? 'a' : 'A';
  return c < first || c >= first + 26 ? c : (uint8_t)(first + (c - first + shift) % 26);
}

/* Takes in what a read or a write has done. */
static void coding_advance(coding *c, caesar_waitable_status_t status) {
  size_t count = CAESAR_WAITABLE_COUNT(status);
  c->ended |= CAESAR_WAITABLE_STATE(status) == CAESAR_WAITABLE_DROPPED;
  if (c->begin < c->end) {
    c->begin = c->ended ? c->end : c->begin + count;
    return;
  }
  for (size_t n = 0; n < count; n++) c->buffer[n] = letter_move(c->buffer[n], c->shift);
  c->begin = 0;
  c->end = count;
}

/* Reads and writes until one of them has to wait, or all is done. */
static caesar_callback_code_t coding_run(coding *c) {
  while (c->begin < c->end || !c->ended) {
    caesar_waitable_status_t status =
        c->begin < c->end ? cipher_stream_u8_write(c->code, c->buffer + c->begin, c->end - c->begin)
                          : cipher_stream_u8_read(c->text, c->buffer, sizeof c->buffer);
    if (status == CAESAR_WAITABLE_STATUS_BLOCKED) return CAESAR_CALLBACK_CODE_WAIT(c->waiting);
    coding_advance(c, status);
  }
  cipher_stream_u8_drop_readable(c->text);
  cipher_stream_u8_drop_writable(c->code); /* this is how the host learns that all is said */
  caesar_waitable_set_drop(c->waiting);
  free(c);
  return CAESAR_CALLBACK_CODE_EXIT;
}

caesar_callback_code_t cipher_method_key_encode(cipher_borrow_key_t self, cipher_stream_u8_t text) {
  coding *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->text = text;
  c->shift = self->shift;
  cipher_method_key_encode_return(cipher_stream_u8_new(&c->code)); /* the answer; the work comes after it */
  c->waiting = caesar_waitable_set_new();
  caesar_waitable_join(c->text, c->waiting);
  caesar_waitable_join(c->code, c->waiting);
  caesar_context_set_0(c);
  return coding_run(c);
}

caesar_callback_code_t cipher_method_key_encode_callback(caesar_event_t *event) {
  coding *c = caesar_context_get_0();
  coding_advance(c, event->code);
  return coding_run(c);
}
