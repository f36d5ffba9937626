// Every world of the corpora through the whole line:
//
//   WIT -> C -> object file (C11, no warnings) -> core module with a stub guest -> component
//          header -> C++17, no warnings
//
// The judge is npm's wasm-tools. The section that says what the module means must be the one that the tool itself makes
// of the WIT, byte for byte. Then the tool checks every core import and export of the module against it.
//
// And back: the core module as input is the world that it was made for, the component has the world's functions, with
// their types. (Its JSON is the reference's, byte for byte, in tests/packages/component.)
//
// A stub guest defines what a user would have to define, found by reading the object file so that core signatures agree.
//
// Then the options that change the code: compiled the same way for every world, linked and componentized for a few.
//
//   node codegen.mjs [FILTER]      only cases whose name contains FILTER
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compile, finish, link, report, root, run, runAll, snake, witgen } from './line.mjs';
import { compareComponent } from './model.mjs';
import { packageText } from './wit_text.mjs';

const corpus = resolve(root, '../shared/corpus');
const scratch = join(root, 'build/corpus');
const filter = process.argv[2] ?? '';

const plain = { name: 'plain', args: [], link: /./, cpp: true };

// Options that change the C. `link`: the worlds for which the result also becomes a component; `cpp`: the header is
// also compiled as C++; `unless`: the refusal of worlds that the option means nothing in.
const variants = [
  { name: 'no-sig-flattening', args: ['--no-sig-flattening'], link: /./ },
  { name: 'autodrop-borrows', args: ['--autodrop-borrows=yes'], link: /resource/ },
  { name: 'utf16', args: ['--string-encoding', 'utf16'], link: /string|service/, cpp: true, encoding: 'utf16' },
  { name: 'compact-utf16', args: ['--string-encoding=compact-utf16'], link: /string|service/, cpp: true, encoding: 'compact-utf16' },
  { name: 'sync', args: ['--sync', 'all'], link: /async|http/ },
  { name: 'async-helpers', args: ['--generate-async-helpers'], link: /smoke|records/ },
  { name: 'threading-helpers', args: ['--generate-threading-helpers'], link: /$^/, cpp: true }, // tools refuse threads by default
  { name: 'renamed', args: ['--rename-world=another-name', '--type-section-suffix=-b'], link: /records|service/, file: 'another_name' },
  { name: 'debug-hooks', args: ['--debug-hooks'], link: /$^/, cpp: true }, // the same
  { name: 'for-task', args: ['--for-task'], link: /$^/, cpp: true }, // linking needs libwitguest: tests/guest-rt does
  { name: 'excluded', args: ['--exclude', 'import:/.*/'], link: /./, cpp: true, unless: /matches no/ }, // an import need not be used
  { name: 'included', args: ['--include', '/.*[a-m]/'], link: /resource|http|cli/, unless: /matches no/ },
  { name: 'object-file', args: ['--object-file'], link: /smoke|service/, objectFile: true },
];

// Every world of the package that a path holds itself: the last one, since what it needs comes before it.
async function worldsOf(name, path) {
  const { packages, worlds } = JSON.parse(await run(witgen, ['--json', '--all-features', path]));
  return Object.values(packages.at(-1).worlds).map(id => worlds[id].name)
    .map(world => ({ name: `${name} ${world}`, path, world }));
}

async function listInputs() {
  const inputs = [];
  const from = async (folder, below) => {
    for (const entry of (await readdir(join(corpus, folder), { withFileTypes: true })).sort((a, b) => a.name < b.name ? -1 : 1))
      inputs.push([`${folder}/${entry.name}`, join(corpus, folder, entry.name, entry.isDirectory() ? below : '')]);
  };
  await from('wit-codegen', 'wit');
  await from('wasi-0.3.0', '');
  return inputs;
}

// Generates; answers the texts.
async function generate(c, variant, directory, base) {
  await run(witgen, ['--all-features', '--world', c.world, '--out-dir', directory, ...variant.args, c.path]);
  const read = suffix => readFile(join(directory, base + suffix), 'utf8');
  return await read('.h') + await read('.c');
}

// A module says what it was made from: its section, written again, is the same text.
async function compareModules(module, c) {
  const lines = async (...args) => (await run(witgen, ['--stdout', ...args])).split('\n').filter(line => line.includes('.ascii'));
  const again = await lines(module), wanted = await lines('--all-features', '--world', c.world, c.path);
  if (!wanted.length || again.join('\n') !== wanted.join('\n')) throw new Error('the type section of the module, read and written, differs');
}

async function runCase(c, variant, judge) {
  const directory = join(scratch, variant.name, c.name.replaceAll(/[^\w.-]/g, '_'));
  const base = variant.file ?? snake(c.world);
  await mkdir(directory, { recursive: true });
  const text = await generate(c, variant, directory, base).catch(error => {
    if (variant.unless?.test(error.message)) return c.plainText;
    throw error;
  });
  if (variant === plain) c.plainText = text;
  else if (text === c.plainText) return; // the option has no bearing on this world
  await compile(directory, base, variant.cpp);
  if (!variant.link.test(c.name)) return;
  await link(variant.objectFile ? ['glue.o', `${base}_component_type.o`] : ['glue.o'], directory);
  await judge(directory, await packageText(c.path), `%${c.world}`, variant.encoding);
  if (variant !== plain) return;
  await compareComponent(join(directory, 'component.wasm'), c.path, c.world);
  await compareModules(join(directory, 'core.wasm'), c);
}

await rm(scratch, { recursive: true, force: true });
const cases = [];
for (const [name, path] of await listInputs()) {
  try {
    cases.push(...await worldsOf(name, path));
  } catch (error) {
    report(`${name} is read`, error);
  }
}
const jobs = [];
for (const variant of [plain, ...variants])
  for (const c of cases) {
    const name = variant === plain ? c.name : `${c.name} (${variant.name})`;
    if (name.includes(filter)) jobs.push({ name, run: judge => runCase(c, variant, judge) });
  }
await runAll(jobs);
finish();
