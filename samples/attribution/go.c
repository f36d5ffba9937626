/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The proxy with goroutines: one a request. Who waits for a page that is on its way waits for a channel to be closed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <witguest/go.h>

#include "proxy_world.h"

typedef struct request {
  uint32_t number;
  proxy_world_string_t path;
} request;

/* On its way, until `came` is closed. */
typedef struct page {
  proxy_world_string_t path, text;
  witguest_channel *came;
  uint32_t users;
  struct page *next;
} page;

static page *pages;

static page *page_find(const proxy_world_string_t *path) {
  for (page *p = pages; p; p = p->next)
    if (p->path.len == path->len && !memcmp(p->path.ptr, path->ptr, path->len)) return p;
  return NULL;
}

static page *page_fetch(request *r) {
  page *p = calloc(1, sizeof *p), **at = &pages;
  if (!p) abort();
  p->path = r->path;
  p->came = witguest_channel_new(0, 0);
  p->users = 1;
  p->next = pages;
  pages = p;
  witguest_go_await(demo_proxy_backend_fetch(r->number, r->path, &p->text));
  while (*at != p) at = &(*at)->next;
  *at = p->next;
  witguest_channel_close(p->came);
  return p;
}

static page *page_get(request *r) {
  page *p = page_find(&r->path);
  if (!p) return page_fetch(r);
  p->users++;
  witguest_channel_receive(p->came, NULL);
  return p;
}

static void page_unuse(page *p) {
  if (--p->users) return;
  proxy_world_string_free(&p->text);
  witguest_channel_free(p->came);
  free(p);
}

static void request_main(void *arg) {
  request r = *(request *)arg;
  proxy_world_string_t ad, answer, ad_path = {(uint8_t *)"/ad", 3};
  char *text;
  free(arg);
  page *p = page_get(&r);
  demo_proxy_backend_log(r.number, &r.path);
  witguest_go_await(demo_proxy_backend_fetch(r.number, ad_path, &ad));
  int length = asprintf(&text, "%.*s + %.*s", (int)p->text.len, (char *)p->text.ptr, (int)ad.len, (char *)ad.ptr);
  if (length < 0) abort();
  answer = (proxy_world_string_t){(uint8_t *)text, (size_t)length};
  exports_demo_proxy_proxy_handle_return(answer);
  free(text);
  page_unuse(p);
  proxy_world_string_free(&r.path);
  proxy_world_string_free(&ad);
}

proxy_world_callback_code_t exports_demo_proxy_proxy_handle(uint32_t number, proxy_world_string_t *path) {
  request *r = malloc(sizeof *r);
  if (!r) abort();
  *r = (request){number, *path};
  return witguest_go_start(request_main, r);
}

proxy_world_callback_code_t exports_demo_proxy_proxy_handle_callback(proxy_world_event_t *event) {
  return witguest_loop_event(event->event, event->waitable, event->code);
}
