/*
 * Wasm names: kebab names, interface ids and annotated function names.
 *
 * Grammar: component-model design/mvp/Explainer.md, Import and Export Definitions.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "wit/wasm_names.h"

static bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool word_is_valid(str word, bool is_first) {
  bool lower = false, upper = false;
  for (size_t i = 0; i < word.len; i++) {
    lower = lower || is_lower(word.ptr[i]);
    upper = upper || is_upper(word.ptr[i]);
    if (!is_lower(word.ptr[i]) && !is_upper(word.ptr[i]) && !is_digit(word.ptr[i])) {
      return false;
    }
  }
  return word.len > 0 && !(lower && upper) && !(is_first && is_digit(word.ptr[0]));
}

bool wasm_name_is_kebab(str name) {
  for (size_t from = 0; from <= name.len;) {
    size_t to = str_find(name, '-', from);
    if (!word_is_valid(str_sub(name, from, to), from == 0)) {
      return false;
    }
    from = to + 1;
  }
  return true;
}

str wasm_name_key(arena *a, str name) {
  char *text = arena_alloc(a, name.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    if (c != '-') {
      text[n++] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
    }
  }
  return (str){text, n};
}

bool wasm_name_parse_interface(arena *a, str name, str suffix, package_name *out_package, str *out_interface) {
  size_t colon = str_find(name, ':', 0);
  size_t slash = str_find(name, '/', colon);
  size_t at = str_find(name, '@', slash);
  if (slash >= name.len) {
    return false;
  }
  *out_package = (package_name){.ns = str_sub(name, 0, colon), .name = str_sub(name, colon + 1, slash)};
  *out_interface = str_sub(name, slash + 1, at);
  if (at < name.len) {
    str version = str_format(a, "%.*s%.*s", STR_ARG(str_sub(name, at + 1, name.len)), STR_ARG(suffix));
    const char *why;
    out_package->has_version = true;
    if (!semver_parse(version, &out_package->version, &why)) {
      return false;
    }
  }
  return wasm_name_is_kebab(out_package->ns) && wasm_name_is_kebab(out_package->name) &&
         wasm_name_is_kebab(*out_interface);
}

/* Takes `word` off the front of `*rest`. */
static bool word_take(str *rest, const char *word) {
  if (!str_starts_with(*rest, word)) {
    return false;
  }
  *rest = str_sub(*rest, str_of(word).len, rest->len);
  return true;
}

bool wasm_name_parse_func(str name, wasm_func_name *out) {
  *out = (wasm_func_name){.kind = FUNC_FREESTANDING};
  str rest = name;
  if (word_take(&rest, "[constructor]")) {
    out->kind = FUNC_CONSTRUCTOR;
    out->resource = rest;
    out->item = STR("constructor");
    return wasm_name_is_kebab(rest);
  }
  if (word_take(&rest, "[method]")) {
    out->kind = FUNC_METHOD;
  } else if (word_take(&rest, "[static]")) {
    out->kind = FUNC_STATIC;
  }
  if (word_take(&rest, "[get]")) {
    out->accessor = ACCESSOR_GETTER;
  } else if (word_take(&rest, "[set]")) {
    out->accessor = ACCESSOR_SETTER;
  }
  out->item = rest;
  if (out->kind == FUNC_FREESTANDING) {
    return wasm_name_is_kebab(rest);
  }
  size_t dot = str_find(rest, '.', 0);
  out->resource = str_sub(rest, 0, dot);
  out->item = str_sub(rest, dot + 1, rest.len);
  return dot < rest.len && wasm_name_is_kebab(out->resource) && wasm_name_is_kebab(out->item);
}
