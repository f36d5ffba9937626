/*
 * Notes: what the comment of a function says after the WIT's own words: who owns each parameter and result, how to
 * release it, and which WIT item it is. Values without ownership get no line.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "emit/proto.h"

#include "abi/core_names.h"
#include "support/vec.h"

/* One line, before labels are aligned. */
typedef struct note {
  str label, text;
} note;

typedef struct note_vec {
  note *items;
  size_t count, cap;
} note_vec;

static void note_add(guest *g, note_vec *notes, str label, str text) {
  if (text.len)
    vec_push(g->arena, notes, ((note){label, text}));
}

/* What a value holds that somebody has to look after. */
typedef struct holdings {
  bool memory, handles;
} holdings;

static holdings holdings_of(guest *g, const type *t) {
  const view_type *vt = view_type_of(g->view, t);
  if (vt)
    return (holdings){vt->owns_memory, vt->owns_handles};
  return (holdings){t->kind == TYPE_STRING, t->kind == TYPE_ERROR_CONTEXT};
}

/* Values that this component gets for good */

static str release_text(guest *g, const type *t) {
  str drop = view_drop_name(g->view, t), free = view_free_name(g->view, t);
  const type *r = type_resolve(t);
  if (r->kind == TYPE_OWN)
    return str_format(g->arena, "own, release with %.*s().", STR_ARG(view_resource_of(g->view, r)->drop_own));
  if (r->kind == TYPE_STREAM || r->kind == TYPE_FUTURE) {
    str stem = view_type_of(g->view, r)->stem;
    return str_format(g->arena, "the readable end, yours; release with %.*s_drop_readable().", STR_ARG(stem));
  }
  if (drop.len)
    return str_format(g->arena, "yours; release with %.*s().", STR_ARG(drop));
  return free.len ? str_format(g->arena, "yours; release with %.*s().", STR_ARG(free)) : STR("");
}

/* Values that leave this component */

static str given_text(guest *g, const type *t, str memory) {
  switch (type_resolve(t)->kind) {
  case TYPE_OWN: return STR("own, given away.");
  case TYPE_BORROW: return STR("borrowed for the duration of the call.");
  case TYPE_STREAM: case TYPE_FUTURE: return STR("the readable end, given away.");
  case TYPE_ERROR_CONTEXT: return STR("stays yours.");
  default: break;
  }
  holdings has = holdings_of(g, t);
  if (has.memory && has.handles)
    return str_format(g->arena, "%.*s; handles inside are given away.", STR_ARG(memory));
  if (has.handles)
    return STR("handles inside are given away.");
  return has.memory ? str_format(g->arena, "%.*s.", STR_ARG(memory)) : STR("");
}

static str export_param_text(guest *g, const view_func *f, const type *t) {
  const type *r = type_resolve(t);
  if (r->kind != TYPE_BORROW)
    return release_text(g, t);
  const view_resource *resource = view_resource_of(g->view, r);
  if (resource->exported)
    return STR("your object, good for the duration of the call.");
  if (g->options->autodrop_borrows && !f->is_async)
    return STR("borrowed; dropped when the function returns.");
  return str_format(g->arena, "borrowed; drop it with %.*s() before you return.", STR_ARG(resource->drop_borrow));
}

static str param_text(guest *g, const proto *p, const type *t) {
  if (p->func->exported)
    return export_param_text(g, p->func, t);
  return given_text(g, t, p->func->is_async ? STR("stays yours; keep it until the call has started") : STR("stays yours"));
}

static void note_params(guest *g, const proto *p, note_vec *notes) {
  if (p->args_struct.len) {
    note_add(g, notes, STR("args"), STR("stays yours; keep it until the call has started. Handles inside are given away."));
    return;
  }
  for (size_t i = 0; i < p->params.count; i++) {
    const proto_param *q = &p->params.items[i];
    str text = param_text(g, p, q->maybe ? q->param->type->elem : q->param->type);
    if (q->maybe)
      text = text.len ? str_format(g->arena, "NULL for none; %.*s", STR_ARG(text)) : STR("NULL for none.");
    note_add(g, notes, q->name, text);
  }
}

/* Results */

static str result_text(guest *g, const proto *p, const type *t) {
  if (!p->func->exported)
    return release_text(g, t);
  return given_text(g, t, STR("allocate with malloc; freed when the caller has it"));
}

static void note_sync_result(guest *g, const proto *p, note_vec *notes) {
  bool theirs = p->func->exported;
  if (p->ok)
    note_add(g, notes, STR("ret"), result_text(g, p, p->ok));
  if (p->err)
    note_add(g, notes, STR("err"), result_text(g, p, p->err));
  if (p->ret == RETURN_VALUE)
    note_add(g, notes, STR("returns"), result_text(g, p, p->func->func->result));
  if (p->ret == RETURN_OPTION)
    note_add(g, notes, STR("returns"), theirs ? STR("true after setting `ret`; false for none.")
                                              : STR("true: `ret` is set; false: none."));
  if (p->ret == RETURN_RESULT) {
    str yes = p->ok ? STR(", with `ret` set") : STR(""), no = p->err ? STR(", with `err` set") : STR("");
    note_add(g, notes, STR("returns"),
             str_format(g->arena, "true if ok%.*s; false if not%.*s.", STR_ARG(yes), STR_ARG(no)));
  }
}

static void note_async_result(guest *g, const proto *p, note_vec *notes) {
  str shouty = g->view->shouty;
  if (p->func->exported) {
    note_add(g, notes, STR("returns"),
             str_format(g->arena, "%.*s_CALLBACK_CODE_EXIT, _YIELD or _WAIT(set); the result goes to %.*s_return().",
                        STR_ARG(shouty), STR_ARG(p->func->name)));
    return;
  }
  if (p->func->func->result) {
    str release = release_text(g, p->func->func->result);
    str text = STR("keep it until the call has returned");
    text = release.len ? str_format(g->arena, "%.*s; what it holds then is %.*s", STR_ARG(text), STR_ARG(release))
                       : str_format(g->arena, "%.*s.", STR_ARG(text));
    note_add(g, notes, p->result_name, text);
  }
  note_add(g, notes, STR("returns"), str_format(g->arena, "see %.*s_SUBTASK_STATE() and %.*s_SUBTASK_HANDLE().",
                                                STR_ARG(shouty), STR_ARG(shouty)));
}

static str origin_text(guest *g, const view_func *f) {
  str name = core_export_name(g->arena, f->item, f->func);
  return str_format(g->arena, f->exported ? "export %.*s" : "import %.*s", STR_ARG(name));
}

str_vec proto_notes(guest *g, const proto *p) {
  note_vec notes = {0};
  note_params(g, p, &notes);
  if (p->func->is_async)
    note_async_result(g, p, &notes);
  else
    note_sync_result(g, p, &notes);
  note_add(g, &notes, STR("wit"), origin_text(g, p->func));
  size_t width = 0;
  for (size_t i = 0; i < notes.count; i++)
    width = notes.items[i].label.len > width ? notes.items[i].label.len : width;
  str_vec lines = {0};
  for (size_t i = 0; i < notes.count; i++) {
    const note *n = &notes.items[i];
    int pad = (int)(width - n->label.len);
    vec_push(g->arena, &lines, str_format(g->arena, "%.*s: %*s%.*s", STR_ARG(n->label), pad, "", STR_ARG(n->text)));
  }
  return lines;
}
