/*
 * Wasm package: a WIT package in its binary form, read into a model of its own.
 *
 * A binary package is a component whose top-level type exports are the interfaces and worlds of one main package; what
 * it needs from other packages shows up as imports inside those types and becomes packages of the same model. Docs,
 * stability and external ids come from the `package-docs` custom section. resolve merges the result into the model of
 * the run.
 */
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef WITGEN_WIT_WASM_PACKAGE_H
#define WITGEN_WIT_WASM_PACKAGE_H

#include "model/model.h"

typedef struct wasm_package {
  model model;   /* self-contained: ids are indices in its own vectors, packages in dependency order */
  package *main; /* the package that the file is about; the others are what it depends on */
} wasm_package;

/*
 * Decodes `bytes`, which start with the wasm magic number. `path` is for messages, which have no position. Texts of the
 * result are views into `bytes` or in the arena. Returns false, with the reason in `d`, when the bytes are not a WIT
 * package (a core module, an actual component, damaged).
 *
 * Interfaces and worlds are complete, as after resolution: worlds list their implicit imports.
 */
bool wasm_package_decode(str bytes, str path, arena *a, diag *d, wasm_package *out);

/*
 * Decodes a component-type section: a world alone. Interfaces of its own package are only as complete as it shows them,
 * like those of other packages.
 */
bool wasm_world_decode(str bytes, str path, arena *a, diag *d, wasm_package *out);

/* Decodes a component that runs: what it imports and exports becomes the world `root` of package `root:component`. */
bool wasm_component_decode(str bytes, str path, arena *a, diag *d, wasm_package *out);

#endif
