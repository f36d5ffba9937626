// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a case directory says about itself, and one way to report for all of them.
//
//   world.wit guest.c           a guest that a host calls: host.mjs for jco, host.py for Wasmtime
//   world.wit callee.c runner.c two guests joined into one component; the runner tests the callee and reports
//   GUEST.options               more options for the generator
//   engines                     the engines it runs on, if not both; docs/engines.md says why
//   deviations                  ENGINE: NAME lines: tests that an engine fails by a fault of its own. They must fail.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const lines = path => !existsSync(path) ? [] :
  readFileSync(path, 'utf8').split('\n').filter(line => line && !line.startsWith('#'));

export function allCases(only = []) {
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'lib')
    .filter(entry => !only.length || only.includes(entry.name))
    .map(({ name }) => {
      const directory = join(root, name);
      const engines = lines(join(directory, 'engines'));
      return { name, directory, engines: engines.length ? engines : ['jco', 'wasmtime'],
        isPair: existsSync(join(directory, 'runner.c')), deviations: lines(join(directory, 'deviations')) };
    });
}

const show = value => {
  const text = JSON.stringify(value, (_, v) => typeof v === 'bigint' ? `${v}n` : Object.is(v, -0) ? '-0' :
    typeof v === 'number' && !Number.isFinite(v) ? String(v) : v) ?? String(value);
  return text.length > 300 ? text.slice(0, 300) + '…' : text;
};

/** TAP for one engine over all its cases. */
export class Report {
  constructor(engine) {
    this.engine = engine;
    this.count = this.failed = 0;
  }
  /** `expected` is the list of deviations of the current case. */
  begin(name, deviations) {
    this.name = name;
    const mine = new RegExp(`^(${this.engine}|both): `);
    this.expected = deviations.filter(line => mine.test(line)).map(line => line.replace(mine, ''));
    this.seen = new Set();
    /** Blocks that the engine itself loses; a case counts them up where docs/engines.md says so. */
    this.engineLeaks = 0;
  }
  line(held, what, why) {
    const known = !held && this.expected.find(text => what.startsWith(text));
    if (known) this.seen.add(known);
    if (!held && !known) this.failed++;
    const mark = held || known ? 'ok' : 'not ok';
    const note = known ? ' (fails as listed in deviations)' : '';
    console.log(`${mark} ${++this.count} - ${this.name} ${this.engine}: ${what}${note}`);
    if (!held && why) console.log(`# ${why}`);
  }
  end() {
    const deviations = this.expected;
    this.expected = [];
    for (const text of deviations)
      if (!this.seen.has(text)) this.line(false, `'${text}' fails here`, 'listed in deviations, but it holds now');
  }
  ok(held, what, why) { this.line(Boolean(held), what, why); }
  equal(actual, wanted, what) {
    this.line(isDeepStrictEqual(actual, wanted), what, `got ${show(actual)}, wanted ${show(wanted)}`);
  }
  /** The lines that a guest wrote with rt_check(). */
  log(text) {
    for (const line of text.split('\n')) {
      const match = /^(not )?ok (.*)$/.exec(line);
      if (match) this.line(!match[1], match[2]);
      else if (line) console.log(line);
    }
  }
  finish() {
    console.log(`1..${this.count}`);
    process.exitCode = this.failed ? 1 : 0;
  }
}
