// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs all cases on jco: node lib/jco.mjs BUILD_DIRECTORY [CASE...]
// host.mjs exports default async (t, load): load(imports) makes an instance and answers its exports. Every instance's
// heap is compared with what it was when it was made.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { transpileInto } from '../../../scripts/engines/tools.mjs';
import { allCases, Report } from './cases.mjs';

const PATIENCE = 20_000;
const [build, ...only] = process.argv.slice(2);
const t = new Report('jco');

async function prepare(name) {
  const directory = join(build, name, 'jco');
  rmSync(directory, { recursive: true, force: true });
  await transpileInto(readFileSync(join(build, name, 'component.wasm')), 'guest', directory);
  const { instantiate } = await import(pathToFileURL(join(directory, 'guest.js')));
  return imports => instantiate(path => WebAssembly.compile(readFileSync(join(directory, path))), imports);
}

/** Runs a case; false when it ran out of time, which leaves no way to go on with its instance. */
async function runCase({ name, directory, isPair }) {
  const instances = [];
  const instantiate = await prepare(name);
  const load = async imports => {
    const exports = await instantiate(imports);
    instances.push({ exports, baseline: exports.heap() });
    return exports;
  };
  const pair = async () => { t.log(await (await load({})).run()); };
  const hostPath = join(directory, 'host.mjs');
  const host = isPair && !existsSync(hostPath) ? pair : (await import(pathToFileURL(hostPath))).default;
  let done = false;
  await Promise.race([host(t, load, pair).finally(() => { done = true; }), sleep(PATIENCE, null, { ref: true })]);
  if (!done) {
    t.ok(false, 'the case comes to an end', `still waiting after ${PATIENCE / 1000} s`);
    return false;
  }
  for (const { exports, baseline } of instances)
    t.equal(exports.heap() - baseline, t.engineLeaks, "the guest's heap is back at its baseline");
  return true;
}

// An error that surfaces in a promise nobody waits for belongs to the case that runs.
process.on('unhandledRejection', error => t.ok(false, 'no error goes unhandled', String(error?.stack ?? error).replaceAll('\n', '\n# ')));
process.on('uncaughtException', error => t.ok(false, 'no error goes uncaught', String(error?.stack ?? error).replaceAll('\n', '\n# ')));

for (const one of allCases(only).filter(({ engines }) => engines.includes('jco'))) {
  t.begin(one.name, one.deviations);
  try {
    await runCase(one);
  } catch (error) {
    t.ok(false, 'the case runs', String(error?.stack ?? error).replaceAll('\n', '\n# '));
  }
  t.end();
}
t.finish();
process.exit();
