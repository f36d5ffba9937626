// Every world of the corpora through the whole line:
//
//   WIT -> C -> object file (C11, no warnings) -> core module with a stub guest -> component
//          header -> C++17, no warnings
//
// The judge is npm's wasm-tools. It checks every core import and export of the module against the section that says
// what the module means. That this section says what the WIT says follows from a second component: the same module,
// with the section that the tool itself makes of the WIT. Both components must be the same, byte for byte, so that
// WIT printed back from either is the input world.
//
// A stub guest defines what a user would have to define, found by reading the object file so that core signatures agree.
//
// Then the options that change the code: compiled the same way for every world, linked and componentized for a few.
//
//   node codegen.mjs [FILTER]      only cases whose name contains FILTER
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { objectFunctions, stubsFor } from './wasm_object.mjs';
import { packageText } from './wit_text.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const corpus = resolve(root, '../shared/corpus');
const witgen = process.env.WITGEN ?? join(root, 'build/witgen');
const scratch = join(root, 'build/corpus');
const filter = process.argv[2] ?? '';

const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror'];
const target = ['--target=wasm32-wasi', '-O1'];

const plain = { name: 'plain', args: [], link: /./, cpp: true };

// Options that change the C. `link`: the worlds for which the result also becomes a component; `cpp`: the header is
// also compiled as C++.
const variants = [
  { name: 'no-sig-flattening', args: ['--no-sig-flattening'], link: /./ },
  { name: 'autodrop-borrows', args: ['--autodrop-borrows=yes'], link: /resource/ },
  { name: 'utf16', args: ['--string-encoding', 'utf16'], link: /string|service/, cpp: true, encoding: 'utf16' },
  { name: 'compact-utf16', args: ['--string-encoding=compact-utf16'], link: /string|service/, cpp: true, encoding: 'compact-utf16' },
  { name: 'sync', args: ['--sync', 'all'], link: /async|http/ },
  { name: 'async-helpers', args: ['--generate-async-helpers'], link: /smoke|records/ },
  { name: 'threading-helpers', args: ['--generate-threading-helpers'], link: /$^/, cpp: true }, // tools refuse threads by default
  { name: 'renamed', args: ['--rename-world=another-name', '--type-section-suffix=-b'], link: /records|service/, file: 'another_name' },
  { name: 'object-file', args: ['--object-file'], link: /smoke|service/, objectFile: true },
];

const run = (program, args, cwd) => new Promise((done, fail) =>
  execFile(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 }, (error, out, err) =>
    error ? fail(new Error(`${program} ${args.join(' ')}\n${err || error.message}`)) : done(out)));

const snake = name => name.toLowerCase().replaceAll('-', '_');

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

async function compile(directory, base, cpp) {
  await run('clang', [...target, '-std=c11', ...warnings, '-c', `${base}.c`, '-o', 'glue.o'], directory);
  if (!cpp) return;
  await writeFile(join(directory, 'header.cpp'), `#include "${base}.h"\n#include "${base}.h"\n`);
  await run('clang', [...target, '-std=c++17', ...warnings, '-fsyntax-only', 'header.cpp'], directory);
}

// Keeps every function of the glue, so that every import counts; apart from `forward` of streams and futures, which
// the tool of this version does not know yet.
async function link(objects, directory) {
  const glue = await readFile(join(directory, 'glue.o'));
  const kept = objectFunctions(glue).defined.filter(f => !f.isLocal && !f.name.endsWith('_forward'));
  await writeFile(join(directory, 'stubs.c'), stubsFor(glue));
  await run('clang', [...target, '-mexec-model=reactor', '-Wl,--fatal-warnings', ...kept.map(f => `-Wl,--export=${f.name}`),
    'stubs.c', ...objects, '-o', 'core.wasm'], directory);
}

async function runCase(c, variant, judge) {
  const directory = join(scratch, variant.name, c.name.replaceAll(/[^\w.-]/g, '_'));
  const base = variant.file ?? snake(c.world);
  await mkdir(directory, { recursive: true });
  const text = await generate(c, variant, directory, base);
  if (variant === plain) c.plainText = text;
  else if (text === c.plainText) return; // the option has no bearing on this world
  await compile(directory, base, variant.cpp);
  if (!variant.link.test(c.name)) return;
  await link(variant.objectFile ? ['glue.o', `${base}_component_type.o`] : ['glue.o'], directory);
  await judge(directory, await packageText(c.path), `%${c.world}`, variant.encoding);
}

// A thread with the component tool in it; a new one after the tool has crashed.
function startJudge() {
  let worker;
  const judge = (...request) => new Promise((done, fail) => {
    worker ??= new Worker(new URL('./judge.mjs', import.meta.url));
    worker.once('message', ({ error, crashed }) => {
      if (crashed) { worker.terminate(); worker = undefined; }
      error ? fail(new Error(error)) : done();
    });
    worker.postMessage(request);
  });
  judge.stop = () => worker?.terminate();
  return judge;
}

let count = 0, failures = 0;

function report(name, error) {
  console.log(`${error ? 'not ok' : 'ok'} ${++count} - ${name}`);
  if (!error) return;
  failures++;
  console.log(String(error.message ?? error).split('\n').slice(0, 30).map(line => `#   ${line}`).join('\n'));
}

// A few at a time, reported in the order of the list.
async function runAll(jobs) {
  const results = jobs.map(() => Promise.withResolvers());
  let next = 0;
  const lane = async () => {
    const judge = startJudge();
    while (next < jobs.length) {
      const job = next++;
      await jobs[job].run(judge).then(() => results[job].resolve(), error => results[job].resolve(error));
    }
    judge.stop();
  };
  const lanes = Array.from({ length: availableParallelism() }, lane);
  for (const [i, job] of jobs.entries()) report(job.name, await results[i].promise);
  await Promise.all(lanes);
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
console.log(`1..${count}`);
process.exitCode = failures ? 1 : 0;
