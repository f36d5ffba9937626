/*
 * Git files: a tree of git as wit_files.
 *
 * A path becomes a question, "TREE:path", and the answer is kept: whether something is there, what it is and its bytes come
 * all at once. Paths are made canonical first, so that git sees neither "." nor "..".
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "review/git_files.h"

#include "review/git.h"
#include "support/table.h"

typedef struct git_files {
  wit_files files;
  git git;
  arena *arena;
  str revision;
  str tree;      /* id of the revision's tree */
  table answers; /* git_object by path */
} git_files;

bool git_is_input(str input) {
  return str_starts_with(input, "git:");
}

/* Paths */

/* "a/./b/../c/" -> "a/c"; false when it leads out of the repository. */
static bool path_tidy(str path, arena *a, str *out) {
  str_vec parts = {0};
  for (size_t at = 0; at < path.len;) {
    size_t end = str_find(path, '/', at);
    str part = str_sub(path, at, end);
    at = end + 1;
    if (str_eq_c(part, "..")) {
      if (parts.count == 0) {
        return false;
      }
      parts.count--;
    } else if (part.len > 0 && !str_eq_c(part, ".")) {
      vec_push(a, &parts, part);
    }
  }
  buf b;
  buf_init(&b, a);
  for (size_t i = 0; i < parts.count; i++) {
    buf_printf(&b, "%s%.*s", i > 0 ? "/" : "", STR_ARG(parts.items[i]));
  }
  *out = str_copy(a, buf_str(&b));
  return true;
}

/* A shown path, "REV:path", without its revision. */
static str path_in_tree(const git_files *g, str shown) {
  return str_sub(shown, g->revision.len + 1, shown.len);
}

static bool has_control(str s) {
  for (size_t i = 0; i < s.len; i++) {
    if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f) {
      return true;
    }
  }
  return false;
}

/* Objects */

static const git_object *object_at(const wit_files *f, str shown) {
  git_files *g = (git_files *)(uintptr_t)f; /* its first member */
  str path = path_in_tree(g, shown);
  git_object *known = table_get(&g->answers, path);
  if (known == NULL) {
    known = arena_new(g->arena, git_object);
    table_add(&g->answers, path, known);
    if (!has_control(path)) { /* a question is one line */
      str name = path.len == 0 ? g->tree : str_format(g->arena, "%.*s:%.*s", STR_ARG(g->tree), STR_ARG(path));
      *known = git_ask(&g->git, name);
    }
  }
  return known;
}

static void report(const wit_files *f, str shown, const git_object *object, diag *d) {
  const git_files *g = (const git_files *)f;
  switch (object->kind) {
  case GIT_OUTSIDE:
    diag_error(d, SPAN_NONE, "cannot read '%.*s': it is behind a symbolic link to '%.*s', outside of the repository",
               STR_ARG(shown), STR_ARG(object->bytes));
    break;
  case GIT_FAILED:
    diag_error(d, SPAN_NONE, "cannot read '%.*s': git says: %.*s", STR_ARG(shown), STR_ARG(git_said(&g->git)));
    break;
  case GIT_MISSING:
    if (has_control(shown)) {
      diag_error(d, SPAN_NONE, "cannot read '%.*s': control characters in its name", STR_ARG(shown));
    } else {
      diag_error(d, SPAN_NONE, "cannot read '%.*s': the revision has no such file", STR_ARG(shown));
      diag_note(d, SPAN_NONE, "paths are from the top of the repository, or start with './'; submodules are not read");
    }
    break;
  default: diag_error(d, SPAN_NONE, "'%.*s' is not a file", STR_ARG(shown)); break;
  }
}

static file_kind git_file_kind(const wit_files *f, str path, arena *a, diag *d) {
  (void)a;
  const git_object *object = object_at(f, path);
  switch (object->kind) {
  case GIT_BLOB: return FILE_REGULAR;
  case GIT_TREE: return FILE_DIRECTORY;
  case GIT_OTHER: return FILE_OTHER;
  default: break;
  }
  if (d != NULL) {
    report(f, path, object, d);
    return FILE_MISSING;
  }
  /* what is not simply missing must not be passed over: who reads it is told */
  return object->kind == GIT_MISSING ? FILE_MISSING : FILE_OTHER;
}

static bool git_file_read(const wit_files *f, str path, arena *a, diag *d, str *out) {
  (void)a;
  const git_object *object = object_at(f, path);
  *out = object->bytes;
  if (object->kind != GIT_BLOB) {
    report(f, path, object, d);
  }
  return object->kind == GIT_BLOB;
}

/* A name that no checkout could make leads nowhere. */
static bool is_plain_name(str name) {
  return name.len > 0 && !str_eq_c(name, ".") && !str_eq_c(name, "..") && str_find(name, '/', 0) == name.len;
}

/* A tree is a list of: mode, a blank, name, NUL, id in binary. */
static bool git_file_list(const wit_files *f, str path, arena *a, diag *d, str_vec *names) {
  const git_object *tree = object_at(f, path);
  if (tree->kind != GIT_TREE) {
    report(f, path, tree, d);
    return false;
  }
  for (size_t at = 0; at < tree->bytes.len;) {
    size_t blank = str_find(tree->bytes, ' ', at), end = str_find(tree->bytes, '\0', blank);
    str name = str_sub(tree->bytes, blank + 1, end);
    at = end + 1 + tree->id.len / 2;
    if (is_plain_name(name)) {
      vec_push(a, names, name);
    }
  }
  return true;
}

/* The input */

static bool split_input(str input, arena *a, diag *d, str *revision, str *path) {
  size_t colon = str_find(input, ':', 4);
  *revision = str_sub(input, 4, colon);
  *path = str_sub(input, colon + 1, input.len);
  if (colon == input.len || revision->len == 0) {
    diag_error(d, SPAN_NONE, "'%.*s' is not git:REVISION:PATH", STR_ARG(input));
    return false;
  }
  if (has_control(input)) {
    diag_error(d, SPAN_NONE, "'%.*s' has control characters", STR_ARG(input));
    return false;
  }
  bool relative = str_starts_with(*path, "./") || str_starts_with(*path, "../") || str_eq_c(*path, ".") ||
                  str_eq_c(*path, "..");
  git g;
  str prefix = STR("");
  if (relative && !git_prefix(&g, a, &prefix)) {
    diag_error(d, SPAN_NONE, "cannot read '%.*s': git says: %.*s", STR_ARG(input), STR_ARG(git_said(&g)));
    return false;
  }
  if (!path_tidy(str_format(a, "%.*s%.*s", STR_ARG(prefix), STR_ARG(*path)), a, path)) {
    diag_error(d, SPAN_NONE, "'%.*s' leads out of the repository", STR_ARG(input));
    return false;
  }
  return true;
}

static bool find_tree(git_files *g, str input, diag *d) {
  git_object tree = git_ask(&g->git, str_format(g->arena, "%.*s^{tree}", STR_ARG(g->revision)));
  g->tree = tree.id;
  if (tree.kind == GIT_FAILED) {
    diag_error(d, SPAN_NONE, "cannot read '%.*s': git says: %.*s", STR_ARG(input), STR_ARG(git_said(&g->git)));
  } else if (tree.kind != GIT_TREE) {
    diag_error(d, SPAN_NONE, "git has no revision '%.*s', or more than one", STR_ARG(g->revision));
  }
  return tree.kind == GIT_TREE;
}

static bool resolve_open(git_files *g, str input, str path, const resolve_options *options, diag *d, resolved *out) {
  if (!find_tree(g, input, d)) {
    return false;
  }
  resolve_options with_files = *options;
  with_files.files = &g->files;
  with_files.inputs = NULL; /* nothing that a build could watch */
  str_vec paths = {0};
  vec_push(g->arena, &paths, str_format(g->arena, "%.*s:%.*s", STR_ARG(g->revision), STR_ARG(path)));
  return wit_resolve(&paths, &with_files, g->arena, d, out);
}

bool git_resolve(str input, const resolve_options *options, arena *a, diag *d, resolved *out) {
  git_files g = {.files = {.kind = git_file_kind, .list = git_file_list, .read = git_file_read}, .arena = a};
  str path;
  if (!split_input(input, a, d, &g.revision, &path)) {
    return false;
  }
  g.files.root = str_format(a, "%.*s:", STR_ARG(g.revision));
  table_init(&g.answers, a);
  bool ok = git_open(&g.git, a);
  if (!ok) {
    diag_error(d, SPAN_NONE, "cannot read '%.*s': %.*s", STR_ARG(input), STR_ARG(git_said(&g.git)));
  }
  ok = ok && resolve_open(&g, input, path, options, d, out);
  git_close(&g.git);
  table_release(&g.answers);
  return ok;
}
