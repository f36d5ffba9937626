// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A core module whose component-type section is inside becomes a component; on request JavaScript too:
//   .deps/npm/node scripts/componentize.mjs guest.wasm guest.component.wasm [guest.js]
// Needs no Rust and no network: the tools are in .deps/ (make deps).

import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { componentize, transpileInto } from './engines/tools.mjs';

const [input, output, script] = process.argv.slice(2);
if (!output) {
  console.error('usage: componentize.mjs CORE.wasm COMPONENT.wasm [SCRIPT.js]');
  process.exit(2);
}
try {
  const component = await componentize(await readFile(input));
  await writeFile(output, component);
  if (script) await transpileInto(component, basename(script, '.js'), dirname(script));
} catch (error) {
  console.error(`componentize: ${input}: ${error?.message ?? error?.payload ?? error}`);
  process.exit(1);
}
