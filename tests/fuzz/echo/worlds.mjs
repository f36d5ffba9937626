// Echo worlds of many seeds: node worlds.mjs DIRECTORY SEED... writes DIRECTORY/SEED.wit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomWit } from '../../corpus/random_wit.mjs';

const [directory, ...seeds] = process.argv.slice(2);
for (const seed of seeds) {
  const { text, world } = randomWit(Number(seed), { echo: true });
  writeFileSync(join(directory, `${seed}.wit`), `// world: ${world}\n${text}`);
}
