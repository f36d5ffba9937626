// Worker of line.mjs: holds the component-type section of a core module against the tool's own, then the components that
// follow from either. The component stays as component.wasm.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { componentize, embed, witOf } from '../../scripts/engines/tools.mjs';
import { contents, withoutWorld, worldIn } from './wasm_object.mjs';

async function judge(directory, witSource, world, encoding) {
  const core = await readFile(join(directory, 'core.wasm'));
  const embedded = await embed(withoutWorld(core), witSource, world, encoding);
  if (!worldIn(core).equals(worldIn(embedded))) throw new Error("the component-type section differs from the reference's");
  const ours = await componentize(core);
  const reference = await componentize(embedded);
  await writeFile(join(directory, 'component.wasm'), ours);
  if (contents(ours).equals(contents(reference))) return;
  await writeFile(join(directory, 'ours.wasm'), ours);
  await writeFile(join(directory, 'reference.wasm'), reference);
  throw new Error(`the component differs from the reference's; ours is\n${await witOf(ours)}\nand the reference's\n${await witOf(reference)}`);
}

parentPort.on('message', async request => {
  try {
    await judge(...request);
    parentPort.postMessage({});
  } catch (error) {
    const crashed = error instanceof WebAssembly.RuntimeError;
    parentPort.postMessage({ error: `component tool: ${error?.payload ?? error?.stack ?? error}`, crashed });
  }
});
