// Binary packages: X.wat, assembled here, must give the same C as X.wit beside it, docs and type section included.
//
// The same holds when the binary is a dependency. Binaries are made from text at test time, so that what is tested can
// be read; what is refused and why is in tests/unit/test_wasm_package.c. Then components that run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const tools = join(root, '.deps/npm/node_modules/@bytecodealliance/jco-transpile/dist/wasm-tools.js');
const { parse } = await import(pathToFileURL(tools));
const witgen = process.env.WITGEN ?? join(root, 'build/witgen');
const scratch = mkdtempSync(join(tmpdir(), 'witgen-packages-'));
let count = 0, failures = 0;

function run(...args) {
  const { status, stdout, stderr } = spawnSync(witgen, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stderr}`);
  return stdout;
}

const generate = path => run('--all-features', '--stdout', path);

function assertSame(have, want) {
  const a = have.split('\n'), b = want.split('\n');
  const at = b.findIndex((line, i) => line !== a[i]);
  if (at >= 0 || a.length !== b.length)
    throw new Error(`line ${at + 1} of the C from the binary\n  ${a[at]}\nof that from the text\n  ${b[at]}`);
}

async function test(name, body) {
  count++;
  try {
    await body();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${count} - ${name}\n#   ${String(error?.payload ?? error?.message ?? error).split('\n').join('\n#   ')}`);
  }
}

async function assemble(name, path) {
  writeFileSync(path, await parse(readFileSync(join(here, `${name}.wat`), 'utf8')));
}

for (const name of ['current', 'first-form'])
  await test(`${name}.wat is the package of ${name}.wit`, async () => {
    const binary = join(scratch, `${name}.wasm`);
    await assemble(name, binary);
    assertSame(generate(binary), generate(join(here, `${name}.wit`)));
  });

// The new side of the page's WIT as text: of a row in two columns the last cell, of one in one column the only one.
function newTextOf(page) {
  const wit = page.slice(page.indexOf('<section id="wit"'), page.indexOf('<section id="code"'));
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return [...wit.matchAll(/^<tr[^>]*>(.*)$/gm)]
    .map(([, row]) => row.split(/<td[^>]*>/).slice(1))
    .filter(cells => cells[cells.length - 2] !== '')
    .map(cells => cells[cells.length - 1].replace(/<[^>]*>/g, '').replace(/&[^;]*;/g, e => entities[e]))
    .join('\n') + '\n';
}

for (const name of ['current', 'first-form'])
  await test(`${name}.wasm is shown in reviews as WIT that makes the same C`, async () => {
    const binary = join(scratch, `${name}.wasm`), old = join(scratch, 'old.wit'), shown = join(scratch, `${name}-shown.wit`);
    writeFileSync(old, 'package x:x;\n');
    writeFileSync(shown, newTextOf(run('diff', '--all-features', '--format', 'html', old, binary)));
    assertSame(generate(shown), generate(binary));
  });

// The components of tests/cli/modules.test and of the fuzzer lie there assembled; this holds that they are what the text says.
for (const name of ['bare', 'composed', 'shim'])
  await test(`component/${name}.wasm is component/${name}.wat`, async () => {
    const binary = join(scratch, `${name}.wasm`);
    await assemble(join('component', name), binary);
    assertSame(run('--json', binary), readFileSync(join(here, `component/${name}.json`), 'utf8'));
  });

await test('a dependency may be binary', async () => {
  const user = `package test:user;
    world w { use test:first/types@0.1.0.{pair}; import test:first/swapping@0.1.0; export f: func(p: pair); }\n`;
  for (const form of ['binary', 'text']) {
    mkdirSync(join(scratch, form, 'deps/first'), { recursive: true });
    writeFileSync(join(scratch, form, 'user.wit'), user);
  }
  rmSync(join(scratch, 'binary/deps/first'), { recursive: true });
  await assemble('first-form', join(scratch, 'binary/deps/first.wasm'));
  writeFileSync(join(scratch, 'text/deps/first/first.wit'), readFileSync(join(here, 'first-form.wit')));
  assertSame(generate(join(scratch, 'binary')), generate(join(scratch, 'text')));
});

rmSync(scratch, { recursive: true });
console.log(`1..${count}`);
process.exitCode = failures ? 1 : 0;
