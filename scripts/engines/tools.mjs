// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Component tools for the demo and the tests, on top of npm's jco-transpile in .deps/: a core module becomes a
// component, components are joined, a component becomes JavaScript. Runs on node 26 from .deps/npm/node.
//
// jco wants to be told the name of every function that may suspend. asyncNames() finds them in the component's own
// WIT, so that no caller keeps such a list by hand.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '../../.deps/npm/node_modules/@bytecodealliance/jco-transpile/dist');
const wasmTools = await import(pathToFileURL(join(modules, 'wasm-tools.js')));

/** A core module that carries its component-type section, as a component. */
export async function componentize(core) {
  return await wasmTools.componentNew(core, []);
}

/** A core module with the component-type section that the tool itself makes of a WIT text. */
export async function embed(core, witSource, world, stringEncoding = 'utf8') {
  return await wasmTools.componentEmbed({ binary: core, witSource, world, stringEncoding, features: { tag: 'all' } });
}

/** The WIT of a component as text. */
export async function witOf(component) {
  return await wasmTools.componentWit(component);
}

// Walks the printed WIT line by line: one item a line, and blocks closed by a line with a single brace.
function readWit(text) {
  const world = { import: [], export: [] };
  const functions = new Map();
  let pkg = '', block = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    let match;
    if ((match = /^package ([^ {;]+)( \{)?/.exec(line))) {
      pkg = match[1];
      if (match[2]) block.push({});
      continue;
    }
    if ((match = /^interface %?([\w-]+) \{/.exec(line))) {
      const [name, version] = pkg.split('@');
      const id = `${name}/${match[1]}${version ? '@' + version : ''}`;
      block.push({ id, prefix: id + '#' });
      functions.set(id, []);
      if (line.endsWith('}')) block.pop();
      continue;
    }
    if ((match = /^(import|export) %?([^ ;{]+?)(: interface \{)?;?$/.exec(line))) {
      if (match[3]) {
        const id = `${match[1]} ${match[2]}`;
        world[match[1]].push([match[2], id]);
        functions.set(id, []);
        block.push({ id });
      } else {
        world[match[1]].push([match[2], match[2]]);
      }
      continue;
    }
    if ((match = /^(import|export) %?([\w-]+): (async )?func/.exec(line))) {
      if (match[3]) world[match[1]].push([match[2], null]);
      continue;
    }
    if ((match = /^(import|export) %?([\w-]+): ([\w:\/@.-]+);$/.exec(line))) {
      world[match[1]].push([match[2], match[3]]);
      continue;
    }
    if ((match = /^resource %?([\w-]+)( \{)?/.exec(line))) {
      if (match[2]) block.push({ ...block.at(-1), resource: match[1] });
      continue;
    }
    if ((match = /^%?([\w-]+): (static )?async func/.exec(line))) {
      const { id, resource } = block.at(-1);
      const kind = match[2] ? 'static' : 'method';
      functions.get(id)?.push(resource ? `[${kind}]${resource}.${match[1]}` : match[1]);
      continue;
    }
    if (/\{$/.test(line)) block.push({ ...block.at(-1) });
    else if (line === '}') block.pop();
  }
  return { world, functions };
}

/** The functions of a component that may suspend, by the names jco gives them. */
export async function asyncNames(component) {
  const { world, functions } = readWit(await witOf(component));
  const list = side => world[side].flatMap(([name, id]) =>
    id === null ? [name] : (functions.get(id) ?? []).map(f => `${name}#${f}`));
  return { imports: list('import'), exports: list('export') };
}

/** A component as JavaScript in a directory; answers the names of its files and their sizes. */
export async function transpileInto(component, name, directory) {
  const { transpileBytes } = await import(pathToFileURL(join(modules, 'transpile.js')));
  const names = await asyncNames(component);
  const { files } = await transpileBytes(component, {
    name, outDir: directory, instantiation: 'async', asyncMode: 'jspi',
    asyncImports: names.imports, asyncExports: names.exports,
    emitTypescriptDeclarations: false, wasiShim: false, nodejsCompat: false, minify: false, optimize: false,
  });
  await mkdir(directory, { recursive: true });
  const sizes = {};
  for (const [path, bytes] of Object.entries(files)) {
    const base = path.startsWith(directory) ? path.slice(directory.length).replace(/^\//, '') : path;
    await mkdir(dirname(join(directory, base)), { recursive: true });
    await writeFile(join(directory, base), bytes);
    sizes[base] = bytes.length;
  }
  await writeFile(join(directory, 'package.json'), '{"type":"module"}\n');
  return sizes;
}

// A component binary by hand: sections of <id, size, body>. Only what joining two components takes.
const leb = n => n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)];
const text = s => { const bytes = [...new TextEncoder().encode(s)]; return [...leb(bytes.length), ...bytes]; };
const section = (id, body) => Buffer.concat([Buffer.from([id, ...leb(body.length)]), Buffer.from(body)]);
const vector = items => [...leb(items.length), ...items.flat()];
const SORT = { func: 1, instance: 5 };

/**
 * Joins two components: what `runner` imports comes from `callee`, and what `runner` exports is exported.
 * `callee` may not import anything.
 */
export async function compose(callee, runner) {
  const { world: wants } = readWit(await witOf(runner));
  const { world: has } = readWit(await witOf(callee));
  if (has.import.length) throw new Error(`callee imports ${has.import[0][0]}`);
  const exported = new Set(has.export.map(([name]) => name));
  const names = [...new Set(wants.import.map(([name]) => name))].filter(name => exported.has(name));
  const functions = await exportedFunctions(runner);
  const runnerIndex = 1 + names.length;
  return Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]),
    section(4, callee),
    section(4, runner),
    section(5, vector([[0, 0, ...vector([])]])),
    section(6, vector(names.map(name => [SORT.instance, 0, 0, ...text(name)]))),
    section(5, vector([[0, 1, ...vector(names.map((name, i) => [...text(name), SORT.instance, ...leb(1 + i)]))]])),
    section(6, vector(functions.map(name => [SORT.func, 0, ...leb(runnerIndex), ...text(name)]))),
    section(11, vector(functions.map((name, i) => [0, ...text(name), SORT.func, ...leb(i), 0]))),
  ]);
}

async function exportedFunctions(component) {
  const lines = (await witOf(component)).split('\n');
  return lines.flatMap(line => /^ {2}export %?([\w-]+): (?:async )?func/.exec(line)?.[1] ?? []);
}
