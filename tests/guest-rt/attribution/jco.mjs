// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The guests of host.c as components on jco, where the intrinsics of native mode are not known:
//   node jco.mjs MODE COMPONENT.js IMPORTS
// runs instances, 64 requests each, until they have called that many imports.
// jco knows in which of its tasks an import is called, and keeps that to itself: its script is made to tell. The first import of a
// request is called by its export itself, so that is its task; from then on each import must come from there.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Where a call has an event while another one is inside an import, jco-transpile 0.15 asks in microtask after microtask
// whether that has ended, which it cannot while there are microtasks.
globalThis.queueMicrotask = run => setImmediate(run);

const [mode, path, wanted] = process.argv.slice(2);
const COUNT = 64, INSTANCES = 40;
const script = resolve(path);
const told = script.replace(/\.js$/, '.told.js');
const silent = readFileSync(script, 'utf8');
const telling = silent.replace('const _debugLog =', 'globalThis.taskOfImport = () => CURRENT_TASK_META[0]?.taskID;\n$&');
if (telling === silent) throw new Error('this jco keeps its current task elsewhere');
writeFileSync(told, telling);
const { instantiate } = await import(pathToFileURL(told));
const seen = { imports: 0, wrong: 0, instances: 0 }, failures = [];

let random = 1;
const draw = n => {
  random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
  return Math.floor(random / 2 ** 32 * n);
};

async function run() {
  const tasks = new Map(), requests = new Map(); // of each other
  const waits = [];
  let started = 0, idle = 0;

  function observe(request) {
    const task = globalThis.taskOfImport();
    seen.imports++;
    idle = 0;
    if (!tasks.has(request) && !requests.has(task)) {
      tasks.set(request, task);
      requests.set(task, request);
    } else if (requests.get(task) !== request) {
      seen.wrong++;
    }
  }
  function wait(request) {
    observe(request);
    return new Promise(resolve => waits.push(resolve)); // answered in random order, a few in each turn
  }

  const { guest } = await instantiate(file => WebAssembly.compile(readFileSync(join(dirname(script), file))),
    { 'test:attribution/host': { note: observe, wait } });
  // Until nothing happens any more. Not: until all have ended, because jco-transpile 0.15 loses an event in a thousand.
  while (started < COUNT || waits.length || idle++ < 20) {
    if (started++ < COUNT) guest.handle(BigInt(started), started * 7919).catch(error => failures.push(error));
    for (let n = draw(4); n && waits.length; n--) waits.splice(draw(waits.length), 1)[0]();
    await new Promise(resolve => setTimeout(resolve, idle));
  }
  seen.instances++;
}

while (seen.imports < wanted && seen.instances < INSTANCES && !failures.length) await run();

let number = 0, failed = 0;
function check(good, what) {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - jco, ${mode}: ${what}`);
  if (!good) failed++;
}
console.log(`# jco, ${mode}: ${seen.instances} instances, ${COUNT} requests each, ${seen.imports} imports, ${seen.wrong} from a wrong callback`);
for (const error of failures.slice(0, 3)) console.log(`# ${String(error?.stack ?? error).replaceAll('\n', '\n# ')}`);
check(!failures.length, 'no request fails');
check(seen.imports >= wanted, `${wanted} imports`);
if (mode === 'off') check(seen.wrong > 0, 'without attribution imports come from callbacks of others');
else check(seen.wrong === 0, 'law 1: each import comes from a callback of its request');
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
