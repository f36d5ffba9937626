// WebAssembly binaries as far as the corpus tests look into them: sections, and what an object file still needs.
//
// Undefined functions are found in the type, import and "linking" sections (tool-conventions, Linking.md). A function
// that names its own import module and field is a component import; one without is for the linker to find.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

const cTypes = { 0x7f: 'int', 0x7e: 'long long', 0x7d: 'float', 0x7c: 'double' };
const symbolUndefined = 0x10, symbolExplicitName = 0x40;

class Reader {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  byte() { return this.bytes[this.at++]; }
  uleb() {
    let value = 0, shift = 0, byte;
    do { byte = this.byte(); value += (byte & 0x7f) * 2 ** shift; shift += 7; } while (byte & 0x80);
    return value;
  }
  take(length) { this.at += length; return this.bytes.subarray(this.at - length, this.at); }
  name() { return new TextDecoder().decode(this.take(this.uleb())); }
  list(read) { return Array.from({ length: this.uleb() }, read); }
  get atEnd() { return this.at >= this.bytes.length; }
}

function readTypes(r) {
  return r.list(() => {
    r.byte(); // 0x60: function
    return { params: r.list(() => cTypes[r.byte()]), results: r.list(() => cTypes[r.byte()]) };
  });
}

function readLimits(r) {
  if (r.byte() & 1) r.uleb();
  r.uleb();
}

// Imported functions in index order: symbols without a name of their own are called after these.
function readImports(r, types) {
  const functions = [];
  r.list(() => {
    const module = r.name(), field = r.name();
    switch (r.byte()) {
      case 0: functions.push({ module, field, type: types[r.uleb()] }); break;
      case 1: r.byte(); readLimits(r); break;
      case 2: readLimits(r); break;
      case 3: r.byte(); r.byte(); break;
      case 4: r.byte(); r.uleb(); break;
    }
  });
  return functions;
}

function readSymbol(r, imports, functions) {
  const symbol = r.byte(), flags = r.uleb(), isUndefined = flags & symbolUndefined;
  if (symbol === 1) { // data
    r.name();
    if (!isUndefined) { r.uleb(); r.uleb(); r.uleb(); }
  } else if (symbol === 3) { // section
    r.uleb();
  } else { // function, global, event, table
    const index = r.uleb(), hasName = !isUndefined || flags & symbolExplicitName;
    const name = hasName ? r.name() : imports[index]?.field;
    if (symbol === 0 && !isUndefined) functions.defined.push({ name, isLocal: (flags & 3) === 2 });
    else if (symbol === 0 && !hasName) functions.undefined.push({ name, type: imports[index].type });
  }
}

function readLinking(r, imports) {
  const functions = { defined: [], undefined: [] };
  r.uleb(); // version
  while (!r.atEnd) {
    const kind = r.byte(), sub = new Reader(r.take(r.uleb()));
    if (kind === 8) sub.list(() => readSymbol(sub, imports, functions)); // the symbol table
  }
  return functions;
}

/**
 * Functions of an object file: { defined: [{ name, isLocal }], undefined: [{ name, type: { params, results } }] }, types
 * as C spells them.
 */
export function objectFunctions(bytes) {
  let types = [], imports = [], functions;
  for (const { id, body, name } of sections(bytes)) {
    const r = new Reader(body);
    if (id === 1) types = readTypes(r);
    else if (id === 2) imports = readImports(r, types);
    else if (name === 'linking') { r.name(); functions = readLinking(r, imports); }
  }
  return functions;
}

// The sections of a module or component: [{ id, whole: bytes with id and size, body, name: of a custom section }].
function sections(bytes) {
  const r = new Reader(bytes), found = [];
  r.take(8);
  while (!r.atEnd) {
    const start = r.at, id = r.byte(), body = r.take(r.uleb());
    found.push({ id, whole: bytes.subarray(start, r.at), body, name: id === 0 ? new Reader(body).name() : '' });
  }
  return found;
}

/** A module without its component-type sections. */
export function withoutWorld(module) {
  const kept = sections(module).filter(s => !s.name.startsWith('component-type'));
  return Buffer.concat([module.subarray(0, 8), ...kept.map(s => s.whole)]);
}

/** The component-type section of a module, but for "producers" in it. */
export function worldIn(module) {
  const found = sections(Buffer.from(module)).filter(s => s.name.startsWith('component-type'));
  if (found.length !== 1) throw new Error(`${found.length} component-type sections`);
  const r = new Reader(found[0].body);
  r.name();
  return contents(r.take(found[0].body.length - r.at));
}

/** What a component or module consists of, for comparing: all but "producers", which names the tools that took part. */
export function contents(bytes) {
  const isComponent = bytes[6] === 1, module = 1, component = 4;
  return Buffer.concat(sections(bytes).filter(s => s.name !== 'producers').map(s =>
    isComponent && (s.id === module || s.id === component) ? contents(s.body) : s.whole));
}

const fromLibc = new Set(['abort', 'calloc', 'free', 'malloc', 'memcmp', 'memcpy', 'memmove', 'memset', 'realloc', 'strlen']);

/** C that defines every function that an object still needs, apart from libc's, with bodies that do nothing. */
export function stubsFor(bytes) {
  const needed = f => !fromLibc.has(f.name) && !f.name.startsWith('__component_type_object_force_link_');
  const stubs = objectFunctions(bytes).undefined.filter(needed);
  return stubs.map(({ name, type }) => {
    const result = type.results[0] ?? 'void', params = type.params.map((t, i) => `${t} p${i}`).join(', ');
    return `${result} ${name}(${params || 'void'}) { ${type.results.length ? 'return 0; ' : ''}}\n`;
  }).join('');
}
