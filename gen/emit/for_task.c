/*
 * For task: with --for-task, beside each imported function one that calls it as work for a task of libwitguest:
 *
 *   struct __for_task_my_pkg_i_f { uint32_t n; uint32_t *result; w_subtask_status_t returned; };
 *   static void __for_task_my_pkg_i_f(void *arg) {
 *     struct __for_task_my_pkg_i_f *call = arg;
 *     call->returned = my_pkg_i_f(call->n, call->result);
 *   }
 *   w_subtask_status_t my_pkg_i_f_for_task(witguest_task *task, uint32_t n, uint32_t *result) {
 *     struct __for_task_my_pkg_i_f call = {.n = n, .result = result};
 *     witguest_call_for(task, __for_task_my_pkg_i_f, &call);
 *     return call.returned;
 *   }
 *
 * How the task is set is the library's business: so the same output is right with each of its modes.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/debug_hooks.h"
#include "emit/funcs.h"

#include "support/vec.h"

typedef struct task_call {
  const proto *proto;
  str name;     /* of the function */
  str thunk;    /* of the struct and the function between */
  str task;     /* parameter: no other has this name */
  str call;     /* local */
  str returned; /* field for the result; empty: void */
  bool is_empty;
  body body;
} task_call;

static bool returns(const proto *p) { return !str_eq(p->result, STR("void")); }

static void task_call_init(task_call *c, guest *g, const proto *p) {
  *c = (task_call){.proto = p, .is_empty = !p->names.count && !returns(p)};
  body_init(&c->body, g, &g->c_adapters);
  for (size_t i = 0; i < p->names.count; i++)
    body_name(&c->body, p->names.items[i]);
  c->name = str_format(g->arena, "%.*s_for_task", STR_ARG(p->func->name));
  c->thunk = str_format(g->arena, "__for_task_%.*s", STR_ARG(p->func->name));
  c->task = body_name(&c->body, STR("task"));
  c->call = body_name(&c->body, STR("call"));
  c->returned = returns(p) ? body_name(&c->body, STR("returned")) : STR("");
}

static str_vec task_declarations(guest *g, const task_call *c) {
  str_vec out = {0};
  vec_push(g->arena, &out, c_declare(g->arena, STR("witguest_task *"), c->task));
  for (size_t i = 0; i < c->proto->declarations.count; i++)
    vec_push(g->arena, &out, c->proto->declarations.items[i]);
  return out;
}

static void emit_struct(task_call *c) {
  body *b = &c->body;
  if (c->is_empty)
    return;
  body_open(b, "struct %.*s {", STR_ARG(c->thunk));
  for (size_t i = 0; i < c->proto->declarations.count; i++)
    body_line(b, "%.*s;", STR_ARG(c->proto->declarations.items[i]));
  if (c->returned.len)
    body_line(b, "%.*s;", STR_ARG(c_declare(b->arena, c->proto->result, c->returned)));
  body_close(b, "};");
}

static void emit_thunk(task_call *c) {
  body *b = &c->body;
  const char *local = "call";
  str_vec args = {0};
  str head = c->proto->func->name;
  body_open(b, "static void %.*s(void *arg) {", STR_ARG(c->thunk));
  if (c->is_empty)
    body_line(b, "(void)arg;");
  else
    body_line(b, "struct %.*s *%s = arg;", STR_ARG(c->thunk), local);
  for (size_t i = 0; i < c->proto->names.count; i++)
    vec_push(b->arena, &args, str_format(b->arena, "%s->%.*s", local, STR_ARG(c->proto->names.items[i])));
  if (c->returned.len)
    head = str_format(b->arena, "%s->%.*s = %.*s", local, STR_ARG(c->returned), STR_ARG(head));
  body_list(b, head, &args, "", ";");
  body_close(b, "}");
}

static void emit_call(task_call *c, const str_vec *declarations) {
  body *b = &c->body;
  buf_add_byte(b->out, '\n');
  body_list(b, c_declare(b->arena, c->proto->result, c->name), declarations, "void", " {");
  b->depth++;
  if (c->is_empty) {
    body_line(b, "witguest_call_for(%.*s, %.*s, NULL);", STR_ARG(c->task), STR_ARG(c->thunk));
  } else {
    body_line(b, "struct %.*s %.*s;", STR_ARG(c->thunk), STR_ARG(c->call));
    for (size_t i = 0; i < c->proto->names.count; i++)
      body_line(b, "%.*s.%.*s = %.*s;", STR_ARG(c->call), STR_ARG(c->proto->names.items[i]), STR_ARG(c->proto->names.items[i]));
    body_line(b, "witguest_call_for(%.*s, %.*s, &%.*s);", STR_ARG(c->task), STR_ARG(c->thunk), STR_ARG(c->call));
  }
  if (c->returned.len)
    body_line(b, "return %.*s.%.*s;", STR_ARG(c->call), STR_ARG(c->returned));
  body_close(b, "}");
}

static void emit_prototype(guest *g, const task_call *c, const str_vec *declarations) {
  body b;
  buf_printf(&g->h_funcs, "/* %.*s() as work for a task: nothing comes between. See witguest_call_for(). */\n",
             STR_ARG(c->proto->func->name));
  body_init(&b, g, &g->h_funcs);
  body_list(&b, c_declare(g->arena, c->proto->result, c->name), declarations, "void", ";");
  body_release(&b);
}

void for_task_emit(guest *g, const proto *p) {
  task_call c;
  task_call_init(&c, g, p);
  name_scope_claim(g->scope, c.name, p->func->func->at, "the --for-task variant of", p->func->name);
  str_vec declarations = task_declarations(g, &c);
  emit_prototype(g, &c, &declarations);
  buf_add_byte(c.body.out, '\n');
  emit_struct(&c);
  emit_thunk(&c);
  emit_call(&c, &declarations);
  debug_emit_macro(g, c.name, p->func);
  body_release(&c.body);
}
