// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The guests of host.c as components on jco, where the intrinsics of native mode are not known:
//   node jco.mjs MODE COMPONENT.js [REQUESTS]
// jco knows in which of its tasks an import is called, and keeps that to itself: its script is made to tell. The first import of a
// request is called by its export itself, so that is its task; from then on each import must come from there.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Where a call has an event while another one is inside an import, jco-transpile 0.15 asks in microtask after microtask
// whether that has ended, which it cannot while there are microtasks.
globalThis.queueMicrotask = run => setImmediate(run);

const [mode, path, count = '256'] = process.argv.slice(2);
const script = resolve(path);
const told = script.replace(/\.js$/, '.told.js');
const silent = readFileSync(script, 'utf8');
const telling = silent.replace('const _debugLog =', 'globalThis.taskOfImport = () => CURRENT_TASK_META[0]?.taskID;\n$&');
if (telling === silent) throw new Error('this jco keeps its current task elsewhere');
writeFileSync(told, telling);
const { instantiate } = await import(pathToFileURL(told));
const tasks = new Map(), requests = new Map(); // of each other
const seen = { imports: 0, wrong: 0 };

let random = 1;
const draw = n => {
  random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
  return Math.floor(random / 2 ** 32 * n);
};

function observe(request) {
  const task = globalThis.taskOfImport();
  seen.imports++;
  if (!tasks.has(request) && !requests.has(task)) {
    tasks.set(request, task);
    requests.set(task, request);
  } else if (requests.get(task) !== request) {
    seen.wrong++;
  }
}

// Waits are answered in random order, a few in each turn.
const waits = [];
const wait = (request, steps) => {
  observe(request);
  return new Promise(resolve => waits.push(resolve));
};

const { guest } = await instantiate(file => WebAssembly.compile(readFileSync(join(dirname(script), file))),
  { 'test:attribution/host': { note: observe, wait } });
const blocks = guest.blocks();
const failures = [];
let started = 0, ended = 0;
function start() {
  const request = BigInt(++started);
  guest.handle(request, started * 7919).catch(error => failures.push(error)).finally(() => ended++);
}

// Until all have ended, also what goes on after its result; the runner of the tests has the patience.
while (started < count || ended < started || waits.length || (!failures.length && guest.blocks() !== blocks)) {
  if (started < count) start();
  for (let n = draw(4); n && waits.length; n--) waits.splice(draw(waits.length), 1)[0]();
  await new Promise(resolve => setTimeout(resolve, 0));
}

let number = 0, failed = 0;
function check(good, what) {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - jco, ${mode}: ${what}`);
  if (!good) failed++;
}
console.log(`# jco, ${mode}: ${started} requests, ${seen.imports} imports, ${seen.wrong} from a wrong callback`);
for (const error of failures.slice(0, 3)) console.log(`# ${String(error?.stack ?? error).replaceAll('\n', '\n# ')}`);
check(!failures.length, 'every request has its result');
if (mode === 'off') check(seen.wrong > 0, 'without attribution imports come from callbacks of others');
else check(seen.wrong === 0, 'law 1: each import comes from a callback of its request');
check(guest.blocks() === blocks, "the guest's heap is as before");
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
