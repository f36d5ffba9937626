// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The host: gives the guest a timer, then makes three calls into one instance and prints what happens when.
//   node host.mjs hello.js       hello.js is made by scripts/componentize.mjs

import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const script = resolve(process.argv[2]);
const { instantiate } = await import(pathToFileURL(script));

let start = performance.now();
const now = () => `${Math.round(performance.now() - start)} ms`.padStart(7);
const wait = async milliseconds => {
  console.log(`${now()}    guest waits for ${milliseconds} ms`);
  await sleep(milliseconds);
};

const { greeter } = await instantiate(
  path => WebAssembly.compile(readFileSync(join(dirname(script), path))), { 'demo:hello/timer': { wait } });
console.log(`${now()}  one instance is ready`);

start = performance.now();
const order = [];
const call = async (name, milliseconds) => {
  console.log(`${now()}  host calls greet("${name}", ${milliseconds})`);
  const answer = await greeter.greet(name, milliseconds);
  console.log(`${now()}  host has the answer "${answer}"`);
  order.push(answer);
};
await Promise.all([call('Ada', 300), call('Grace', 100), call('Edsger', 200)]);

const took = performance.now() - start;
const expected = 'hello Grace, hello Edsger, hello Ada';
if (order.join(', ') !== expected) throw new Error(`answers came as ${order.join(', ')}, not ${expected}`);
// One after the other the calls would need 600 ms.
if (took >= 590) throw new Error(`three calls took ${Math.round(took)} ms: they did not run side by side`);
console.log(`three calls of 300, 100 and 200 ms, side by side in one instance: ${Math.round(took)} ms`);
