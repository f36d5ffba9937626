// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Core modules of all cases into components: node lib/components.mjs BUILD_DIRECTORY [CASE...]

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentize, compose } from '../../../scripts/engines/tools.mjs';
import { allCases } from './cases.mjs';

const [build, ...only] = process.argv.slice(2);
for (const { name, isPair } of allCases(only)) {
  const component = async guest => {
    try {
      return await componentize(readFileSync(join(build, name, `${guest}.wasm`)));
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
