// Random worlds through the whole line, as codegen.mjs does for the corpora: the C is compiled without a warning as C11,
// the header as C++17; linked with a stub guest; and the component-type section is the tool's own, byte for byte.
// Once without options, and once with some.
//
//   SEED=1 WORLDS=100 node random.mjs
//
// A case is called after its seed: SEED=4711 WORLDS=1 repeats it, and leaves its files in build/random.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, finish, link, root, run, runAll, snake, witgen } from './line.mjs';
import { choices, randomWit } from './random_wit.mjs';

const seed = Number(process.env.SEED ?? 1), worlds = Number(process.env.WORLDS ?? 100);
const scratch = join(root, 'build/random');

const optionSets = [
  { args: ['--no-sig-flattening'] },
  { args: ['--autodrop-borrows=yes'] },
  { args: ['--string-encoding=utf16'], encoding: 'utf16' },
  { args: ['--string-encoding=compact-utf16'], encoding: 'compact-utf16' },
  { args: ['--sync', 'all'] },
  { args: ['--no-helpers'] },
  { args: ['--generate-async-helpers'] },
  { args: ['--object-file'], objectFile: true },
  { args: ['--no-sig-flattening', '--autodrop-borrows=yes', '--string-encoding=utf16', '--rename-world=other'], encoding: 'utf16', file: 'other' },
];

// What no world can be, as the tool must find too: it refuses to embed it in an empty module.
async function assertRefused(error, directory, { text, world, usesAccessors }, judge) {
  if (!error.message.includes('both imported and exported')) throw error;
  if (usesAccessors) return; // the tool would stop at these
  await writeFile(join(directory, 'core.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  const verdict = await judge(directory, text, world).then(() => '', refusal => refusal.message);
  if (!verdict.includes('incompatible ways')) throw new Error(`${error.message}\nThe tool says: ${verdict}`);
}

async function runWorld(n, options, judge) {
  const { text, world, usesAccessors } = randomWit(n);
  const directory = join(scratch, `${n}${options.args.length ? '-options' : ''}`), base = options.file ?? snake(world);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'input.wit'), text);
  const refusal = await run(witgen, ['input.wit', '--world', world, '--out-dir', '.', ...options.args], directory).then(() => null, e => e);
  if (refusal) return await assertRefused(refusal, directory, { text, world, usesAccessors }, judge);
  await compile(directory, base, !options.args.length);
  await link(options.objectFile ? ['glue.o', `${base}_component_type.o`] : ['glue.o'], directory);
  if (!usesAccessors) await judge(directory, text, `%${world}`, options.encoding); // this version of the tool has none
  await rm(directory, { recursive: true });
}

async function runSeed(n, judge) {
  await runWorld(n, { args: [] }, judge);
  await runWorld(n, choices(n).pick(optionSets), judge);
}

await rm(scratch, { recursive: true, force: true });
console.log(`# SEED=${seed} WORLDS=${worlds}`);
await runAll(Array.from({ length: worlds }, (_, i) => ({ name: `random world ${seed + i}`, run: judge => runSeed(seed + i, judge) })));
finish();
