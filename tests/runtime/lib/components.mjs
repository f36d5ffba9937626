// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Core modules of all cases into components: node lib/components.mjs BUILD_DIRECTORY [CASE...]

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentize, compose } from '../../../scripts/engines/tools.mjs';
import { allCases } from './cases.mjs';

// jco-transpile 0.15 has no accessors yet, Wasmtime 50 has. Their names travel as ordinary names of the same length.
const bytes = (buffer, pattern, replacement) =>
  Buffer.from(Buffer.from(buffer).toString('latin1').replace(pattern, replacement), 'latin1');
const hideAccessors = core => bytes(bytes(core, /\[(method|static)\]\[([gs]et)\]([a-z-]+)\.([a-z-]+)/g, '[$1]$3.x$2x$4'),
  /\[([gs]et)\]/g, 'x$1x');
const showAccessors = component => bytes(bytes(component, /\[(method|static)\]([a-z-]+)\.x([gs]et)x([a-z-]+)/g,
  '[$1][$3]$2.$4'), /(?<![a-z0-9-])x([gs]et)x/g, '[$1]');
async function makeComponent(core) {
  return core.includes('[get]') ? showAccessors(await componentize(hideAccessors(core))) : componentize(core);
}

const [build, ...only] = process.argv.slice(2);
for (const { name, isPair } of allCases(only)) {
  const component = async guest => {
    try {
      return await makeComponent(readFileSync(join(build, name, `${guest}.wasm`)));
    } catch (error) {
      console.log(`not ok 1 - ${name}: ${guest} becomes a component\n# ${String(error?.message ?? error?.payload ?? error)
        .replaceAll('\n', '\n# ')}`);
      process.exitCode = 1;
    }
  };
  const parts = isPair ? [await component('callee'), await component('runner')] : [await component('guest')];
  if (parts.includes(undefined)) continue;
  writeFileSync(join(build, name, 'component.wasm'), isPair ? await compose(...parts) : parts[0]);
}
