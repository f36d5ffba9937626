// Core modules to components: node components.mjs DIRECTORY SEED... makes SEED.component of SEED.judge.wasm. A refusal is a line of
// "SEED: why".
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentize } from '../../../scripts/engines/tools.mjs';

const [directory, ...seeds] = process.argv.slice(2);
for (const seed of seeds) {
  try {
    writeFileSync(join(directory, `${seed}.component`), await componentize(readFileSync(join(directory, `${seed}.judge.wasm`))));
  } catch (error) {
    console.log(`${seed}: ${String(error?.message ?? error?.payload ?? error).replaceAll('\n', ' ')}`);
  }
}
