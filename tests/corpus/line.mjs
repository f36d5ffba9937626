// What the tests of the whole line share: compiling and linking what witgen wrote, the judge, and running many cases.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { objectFunctions, stubsFor } from './wasm_object.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const witgen = process.env.WITGEN ?? join(root, 'build/witgen');

const target = ['--target=wasm32-wasi', '-O1', '-I', join(root, 'guest-rt/include')];
const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror'];

export const run = (program, args, cwd) => new Promise((done, fail) =>
  execFile(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 }, (error, out, err) =>
    error ? fail(new Error(`${program} ${args.join(' ')}\n${err || error.message}`)) : done(out)));

export const snake = name => name.toLowerCase().replaceAll('-', '_');

/** The glue as C11 and, when wanted, its header as C++17, both without a warning. */
export async function compile(directory, base, cpp) {
  await run('clang', [...target, '-std=c11', ...warnings, '-c', `${base}.c`, '-o', 'glue.o'], directory);
  if (!cpp) return;
  await writeFile(join(directory, 'header.cpp'), `#include "${base}.h"\n#include "${base}.h"\n`);
  await run('clang', [...target, '-std=c++17', ...warnings, '-fsyntax-only', 'header.cpp'], directory);
}

// Keeps every function of the glue, so that every import counts; apart from `forward` of streams and futures, which
// the tool of this version does not know yet.
export async function link(objects, directory) {
  const glue = await readFile(join(directory, 'glue.o'));
  const kept = objectFunctions(glue).defined.filter(f => !f.isLocal && !f.name.endsWith('_forward'));
  await writeFile(join(directory, 'stubs.c'), stubsFor(glue));
  await run('clang', [...target, '-mexec-model=reactor', '-Wl,--fatal-warnings', ...kept.map(f => `-Wl,--export=${f.name}`),
    'stubs.c', ...objects, '-o', 'core.wasm'], directory);
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

export function report(name, error) {
  console.log(`${error ? 'not ok' : 'ok'} ${++count} - ${name}`);
  if (!error) return;
  failures++;
  console.log(String(error.message ?? error).split('\n').slice(0, 30).map(line => `#   ${line}`).join('\n'));
}

/** Runs { name, run(judge) }, a few at a time, and reports in the order of the list. */
export async function runAll(jobs) {
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

/** Ends the report. */
export function finish() {
  console.log(`1..${count}`);
  process.exitCode = failures ? 1 : 0;
}
