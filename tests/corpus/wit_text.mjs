// A WIT package with its deps/ as one text, for tools that take no directories: the package's own files joined, each
// dependency as a nested `package … { }`.
//
// Good for inputs without top-level `use`, whose names belong to one file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const header = /^\s*package\s+([^;{]+);/m;

async function readPackage(path) {
  const isDirectory = (await stat(path)).isDirectory();
  const names = isDirectory ? (await readdir(path)).filter(name => name.endsWith('.wit')).sort() : [''];
  const texts = await Promise.all(names.map(name => readFile(join(path, name), 'utf8')));
  const name = texts.map(text => header.exec(text)?.[1]).find(found => found);
  return { name, body: texts.map(text => text.replace(header, '')).join('\n') };
}

export async function packageText(path) {
  const { name, body } = await readPackage(path);
  let text = `package ${name};\n${body}\n`;
  const deps = await readdir(join(path, 'deps')).catch(() => []);
  for (const dep of deps.sort()) {
    const { name, body } = await readPackage(join(path, 'deps', dep));
    text += `package ${name} {\n${body}\n}\n`;
  }
  return text;
}
