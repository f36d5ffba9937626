/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The proxy with callbacks, on the loop. The first who asks for a page fetches it; when it comes, all who wait for it go on, in
 * the callback of the first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <witguest/loop.h>

#include "proxy_world.h"

typedef struct page page;

typedef struct request {
  uint32_t number;
  proxy_world_string_t path, ad;
  page *page;
  witguest_capture_t capture; /* while it waits for the page */
  witguest_await await;
  struct request *next;
} request;

/* On its way. */
struct page {
  proxy_world_string_t path, text;
  uint32_t users;
  witguest_await await;
  request *waiting;
  page *next;
};

static page *pages;

static void page_unuse(page *p) {
  if (--p->users) return;
  proxy_world_string_free(&p->path);
  proxy_world_string_free(&p->text);
  free(p);
}

static void ad_came(void *arg, uint32_t state) {
  request *r = arg;
  char *text;
  proxy_world_string_t answer;
  (void)state;
  int length = asprintf(&text, "%.*s + %.*s", (int)r->page->text.len, (char *)r->page->text.ptr, (int)r->ad.len, (char *)r->ad.ptr);
  if (length < 0) abort();
  answer = (proxy_world_string_t){(uint8_t *)text, (size_t)length};
  exports_demo_proxy_proxy_handle_return(answer);
  free(text);
  page_unuse(r->page);
  proxy_world_string_free(&r->path);
  proxy_world_string_free(&r->ad);
  free(r);
}

/* The page is there. */
static void request_go_on(void *arg) {
  request *r = arg;
  proxy_world_string_t ad = {(uint8_t *)"/ad", 3};
  demo_proxy_backend_log(r->number, &r->path);
  witguest_await_subtask(&r->await, demo_proxy_backend_fetch(r->number, ad, &r->ad), ad_came, r);
}

static void page_came(void *arg, uint32_t state) {
  page *p = arg;
  page **at = &pages;
  (void)state;
  while (*at != p) at = &(*at)->next;
  *at = p->next;
  for (request *r = p->waiting, *next; r; r = next) {
    next = r->next;
    witguest_microtask_for(r->capture, request_go_on, r);
  }
}

static page *page_fetch(const request *r) {
  page *p = calloc(1, sizeof *p);
  if (!p) abort();
  proxy_world_string_dup_n(&p->path, (const char *)r->path.ptr, r->path.len);
  p->next = pages;
  pages = p;
  witguest_await_subtask(&p->await, demo_proxy_backend_fetch(r->number, p->path, &p->text), page_came, p);
  return p;
}

static page *page_find(const request *r) {
  for (page *p = pages; p; p = p->next)
    if (p->path.len == r->path.len && !memcmp(p->path.ptr, r->path.ptr, p->path.len)) return p;
  return NULL;
}

static void request_main(void *arg) {
  request *r = arg;
  r->page = page_find(r);
  if (!r->page) r->page = page_fetch(r);
  r->page->users++;
  r->capture = witguest_capture();
  r->next = r->page->waiting;
  r->page->waiting = r;
}

proxy_world_callback_code_t exports_demo_proxy_proxy_handle(uint32_t number, proxy_world_string_t *path) {
  request *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->number = number;
  r->path = *path;
  return witguest_loop_start(request_main, r);
}

proxy_world_callback_code_t exports_demo_proxy_proxy_handle_callback(proxy_world_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
