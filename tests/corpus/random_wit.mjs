// Random WIT: one text of a few packages, whose last world uses what came before. Every construct has a chance to meet
// every other. What comes out is valid: names differ by a running number, each type remembers what it must stay out
// of, and a world includes only worlds that no other includes.
//
// An *echo* world (tests/fuzz/echo) has values only, some have handles of one resource, and larger types; the guest can call each
// function that it has to provide: interfaces and functions are imported and exported. Names of packages and worlds carry the seed, so that
// the C of many worlds fits into one program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

/** A generator of numbers that a seed determines (mulberry32), as the choices that a text is made of. */
export function choices(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = n => Math.floor(next() * (n + 1));
  const pick = list => list[Math.floor(next() * list.length)];
  return { chance: p => next() < p, upTo, pick, some: (list, most) => [...list].sort(() => next() - 0.5).slice(0, upTo(most)) };
}

const scalars = ['bool', 'u8', 'u16', 'u32', 'u64', 's8', 's16', 's32', 's64', 'f32', 'f64', 'char'];
// Words of C, C++ and WIT, and names that the glue uses itself.
const hardNames = ['int', 'class', 'register', 'new', 'errno', 'NULL-x', 'ret', 'err', 'ptr', 'len', 'val', 'tag', 'is-err',
  'this', 'template', 'typedef', 'while', 'bool-t', 'i', 'x', 'a', 'result-ptr', 'stdin', 'default', 'main', 'malloc',
  '%type', '%func', '%own', '%list', '%use', '%async', '%import', '%interface', '%string', '%from', '%as', '%include'];

/** { text, world, usesAccessors } */
export function randomWit(seed, { echo = false } = {}) {
  const { chance, upTo, pick, some } = choices(seed);
  const tag = echo ? `s${seed}n` : '', deepest = echo ? 4 : 3;
  // What the judge of echo worlds has not.
  const withFixedLists = !echo || chance(0.15), withAsync = !echo || chance(0.5), withHandles = !echo || chance(0.15);
  let count = 0, usesAccessors = false;
  const name = word => `${pick([word, `${word}-x`, `${word.toUpperCase()}-y`, `a-${word}-b`])}${++count}`;
  // Names that need be unique only in their own list.
  const listNames = word => {
    const free = new Set(hardNames);
    return () => {
      if (chance(0.7) || !free.size) return name(word);
      const taken = pick([...free]);
      free.delete(taken);
      return taken;
    };
  };
  const withAccessors = chance(0.1) && !echo;
  const times = (n, f) => Array.from({ length: n }, f);
  const doc = () => pick(['', '', '', '', '/// A line.\n', '/** A block\n  * of two. */\n', '/// Ends in *\\ and /* and ??/\n']);

  // Types: { text, handle: holds a handle, stream or future, borrow: holds a borrow }. `scope` is what can be named.

  const part = (format, ...types) => ({
    text: format(...types.map(t => t.text)), handle: types.some(t => t.handle), borrow: types.some(t => t.borrow),
  });

  function namedType(scope, allow) {
    const types = scope.types.filter(t => (allow.handle || !t.handle) && (allow.borrow || !t.borrow));
    if (scope.resources.length && allow.handle && (chance(0.3) || !types.length)) {
      const r = pick(scope.resources);
      if (allow.borrow && chance(0.5)) return { text: `borrow<${r}>`, handle: true, borrow: true };
      return { text: pick([r, `own<${r}>`]), handle: true };
    }
    return types.length ? pick(types) : { text: 'string' };
  }

  function type(scope, allow, depth = 0) {
    const inner = (more = {}) => type(scope, { ...allow, ...more }, depth + 1);
    if (chance(0.3)) return namedType(scope, allow);
    if (depth > deepest || chance(0.35)) {
      const text = pick([...scalars, 'string', 'string']);
      return { text, isChar: text === 'char' };
    }
    const pipe = word => chance(0.2) ? { text: word, handle: true } : { ...pipeOf(word, inner({ borrow: false })), handle: true };
    return pick([
      () => part(t => `list<${t}>`, inner()), () => part(t => `option<${t}>`, inner()), () => ({ text: 'result' }),
      () => part(t => `result<${t}>`, inner()), () => part(t => `result<_, ${t}>`, inner()),
      () => part((t, u) => `result<${t}, ${u}>`, inner(), inner()), () => part((t, u) => `tuple<${t}, ${u}>`, inner(), inner()),
      () => part((t, u, v) => `tuple<${t}, ${u}, ${v}>`, inner(), inner(), inner()),
      ...withFixedLists ? [() => part(t => `list<${t}, ${1 + upTo(4)}>`, inner())] : [],
      () => part(t => `map<${pick(['u8', 'string', 'char', 'bool', 's64'])}, ${t}>`, inner({ handle: false, borrow: false })),
      ...allow.handle && !echo ? [() => pipe('stream'), () => pipe('future'), () => ({ text: 'error-context', handle: true })] : [],
    ])();
  }

  // A stream of characters is what neither tool takes; see docs.
  const pipeOf = (word, t) => part(u => `${word}<${word === 'stream' && t.isChar ? 'u32' : u}>`, t);

  const param = scope => type(scope, { handle: withHandles, borrow: withHandles });
  const value = scope => type(scope, { handle: withHandles });
  // How many parts: a few, and in echo worlds sometimes more than fit into flat parameters or one byte.
  const many = (few, ...more) => echo && chance(0.08) ? pick(more) : 1 + upTo(few);

  function params(scope) {
    const next = listNames('p');
    return times(echo ? many(3, 5, 9, 17) : upTo(3), () => `${next()}: ${param(scope).text}`).join(', ');
  }

  function func(scope) {
    const start = pick(['', '', withAsync ? 'async ' : '']);
    if (echo && chance(0.2)) {
      const t = value(scope).text;
      return `${start}func(${listNames('p')()}: ${t}) -> ${t};`; // what goes in may come out
    }
    return `${start}func(${params(scope)})${chance(0.6) ? ` -> ${value(scope).text}` : ''};`;
  }

  function resource(scope, n) {
    scope.resources.push(n);
    const items = [];
    if (chance(0.5)) items.push(`constructor(${params(scope)})${pick([';', ';', ` -> result<${n}>;`, ` -> result<${n}, string>;`])}`);
    for (let i = upTo(3); i > 0; i--)
      items.push(pick([() => `${name('m')}: ${func(scope)}`, () => `${name('m')}: static ${func(scope)}`, ...withAccessors ? [accessor] : []])());
    return `resource ${n} {\n${items.map(item => doc() + item).join('\n')}\n}`;
  }

  function accessor() {
    usesAccessors = true;
    const n = name('acc'), t = pick(scalars);
    return pick([`${n}: get() -> ${t};`, `${n}: get() -> ${t};\n${n}: set(v: ${t});`, `${n}: static get() -> ${t};`]);
  }

  function typeDef(scope) {
    const n = name('t'), next = listNames('field');
    const parts = [];
    let isChar = false;
    const inside = () => { const t = value(scope); parts.push(t); return t.text; };
    const enter = () => scope.types.push({ text: n, handle: parts.some(t => t.handle), borrow: parts.some(t => t.borrow), isChar });
    const text = pick([
      () => { const t = param(scope); parts.push(t); isChar = t.isChar; return `type ${n} = ${t.text};`; },
      () => `record ${n} {\n${times(many(3, 6, 12, 20), () => `${doc()}${next()}: ${inside()},`).join('\n')}\n}`,
      () => `variant ${n} {\n${times(many(3, 7, 15, 257), () => `${doc()}${next()}${chance(0.6) ? `(${inside()})` : ''},`).join('\n')}\n}`,
      () => `enum ${n} { ${times(many(8, 256, 257, 300), next).join(', ')} }`,
      () => `flags ${n} { ${times(pick([1, 3, 8, 9, 17, 32]), () => name('b')).join(', ')} }`,
      ...echo ? [] : [() => resource(scope, n)],
    ])();
    if (!text.startsWith('resource')) enter();
    return doc() + text;
  }

  // `use` of some of what an interface declares, under its name or another; a world may get the same name by `include`.
  function use(scope, { path, scope: from }, rename = false) {
    const all = [...from.types.map(t => [t, t.text]), ...from.resources.map(r => [null, r])];
    const chosen = some(all, 3);
    if (!chosen.length) return '';
    const taken = n => scope.resources.includes(n) || scope.types.some(t => t.text === n);
    const names = chosen.map(([t, old]) => {
      const n = rename || taken(old) || chance(0.6) ? name('used') : old;
      if (t) scope.types.push({ ...t, text: n });
      else scope.resources.push(n);
      return n === old ? n : `${old} as ${n}`;
    });
    return `use ${path}.{${names.join(', ')}};`;
  }

  // The resource of echo worlds, which the host has.
  function thing(scope) {
    scope.resources.push('thing');
    return `use root:${tag}things/things.{thing};`;
  }

  function interfaceBody(known) {
    const scope = { types: [], resources: [] };
    const lines = some(known, 2).map(i => use(scope, i));
    if (echo && withHandles && !scope.resources.length) lines.push(thing(scope));
    lines.push(...times(upTo(5), () => typeDef(scope)), ...times(upTo(4), () => `${doc()}${name('func')}: ${func(scope)}`));
    return { text: lines.join('\n'), scope };
  }

  const side = () => pick(['import', 'export']);
  const inline = (known, label, where) => `${where} ${label}: interface {\n${interfaceBody(known).text}\n}`;

  // A label that both sides have, with equal types and different functions.
  function labelTwice() {
    const label = name('both'), scope = { types: [], resources: [] };
    const types = `type ${name('t')} = u32;\nenum ${name('t')} { one, two }\nrecord ${name('t')} { a: string, b: list<u8> }\n`;
    const body = () => `${types}${name('func')}: ${func(scope)}`;
    return `import ${label}: interface {\n${body()}\n}\nexport ${label}: interface {\n${body()}\n}`;
  }

  function worldBody(known, included) {
    const scope = { types: [], resources: [] };
    const lines = some(known, 3).map(({ path }) => pick([
      `import ${path};`, `export ${path};`, `import ${path};\nexport ${path};`, `import ${name('lab')}: ${path};`, `export ${name('lab')}: ${path};`]));
    if (known.length && chance(0.4)) lines.push(use(scope, pick(known), true));
    lines.push(...times(upTo(2), () => typeDef(scope)), ...times(upTo(3), () => `${doc()}${side()} ${name('wf')}: ${func(scope)}`));
    if (chance(0.3)) lines.push(inline(known, name('inl'), side()));
    if (chance(0.2)) lines.push(labelTwice());
    lines.push(...included.map(path => `include ${path};`));
    return lines.join('\n');
  }

  // What a world has in both directions, and what the test itself needs: see tests/fuzz/echo.
  function echoBody(known) {
    const scope = { types: [], resources: [] };
    const lines = known.map(({ path }) => `import ${path};\nexport ${path};`);
    if (withHandles) lines.push(`import root:${tag}things/things;`, thing(scope));
    lines.push(use(scope, pick(known), true), ...times(upTo(2), () => typeDef(scope)));
    for (let i = 1 + upTo(2); i > 0; i--) {
      const n = name('wf'), f = func(scope);
      lines.push(`import to-${n}: ${f.replace(/\(%?/, '(to-')}\nexport ${n}: ${f}`); // two types: the judge changes one
    }
    return `${lines.join('\n')}\nimport echo-saw: func(what: u32, bytes: list<u8>);\nexport echo-heap: func() -> u32;`;
  }

  // Answers the package's body, and what the next ones can name.
  function packageBody(id, version, known, worlds) {
    const path = n => `${id}/${n}${version}`;
    const here = [];
    const texts = times(1 + upTo(echo ? 1 : 3), () => {
      const n = name('i'), { text, scope } = interfaceBody([...known, ...here]);
      here.push({ path: n, full: path(n), scope });
      return `${doc()}interface ${n} {\n${text}\n}`;
    });
    const world = name(`w${tag}`), body = echo ? echoBody : worldBody;
    texts.push(`${doc()}world ${world} {\n${body([...known, ...here], worlds)}\n}`);
    return { text: texts.join('\n'), world, worldPath: path(world), interfaces: here.map(i => ({ path: i.full, scope: i.scope })) };
  }

  let known = [], worlds = [];
  const nested = [];
  for (let i = upTo(echo ? 1 : 2); i > 0; i--) {
    const id = `dep:${tag}p${i}`, version = pick(['', '@0.1.0', '@1.2.3']);
    const p = packageBody(id, version, known, worlds.length && chance(0.5) ? worlds.splice(0) : []);
    nested.push(`package ${id}${version} {\n${p.text}\n}`);
    known = [...known, ...p.interfaces];
    worlds.push(p.worldPath);
  }
  const version = pick(['', '@0.2.0']);
  if (echo && withHandles) nested.push(`package root:${tag}things {\ninterface things {\nresource thing { id: func() -> u32; }\n}\n}`);
  const id = `root:pkg${tag}`, main = packageBody(id, version, known, worlds);
  return { text: `package ${id}${version};\n${main.text}\n${nested.join('\n')}\n`, world: main.world, usesAccessors };
}
