// Declarations of a generated header as facts, one a line, for tests/compat/check.awk to turn back into C checks.
//
//   node extract.mjs HEADER.h world-snake
//
//   f NAME TYPE            a function, as clang writes its type
//   t NAME TYPE            a typedef
//   s NAME a:T;val.x:T     a struct, with its fields in order; members of unions under the union's name
//   e NAME VALUE           an enumerator
//   m NAME[(ARGS)] TEXT    a macro
//   p STEM KIND PAYLOAD    the writer type and the seven functions of a stream or future, when they are all as usual
//
// The world's own prefix is written `$` (`@` in upper case), so that worlds can share facts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import { execFileSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const [header, world] = process.argv.slice(2);
const target = ['--target=wasm32-wasi', '-std=c11'];
const clang = (...args) =>
  execFileSync(process.env.CLANG ?? 'clang', [...target, ...args], { maxBuffer: 1 << 30, encoding: 'utf8' });

const facts = [];
const records = new Map(); // id -> fields
const shorten = (text) =>
  text
    .replace(new RegExp(`(?<![a-z0-9_])((?:exports_|__)?)${world}_`, 'g'), '$1$$_')
    .replace(new RegExp(`(?<![A-Z0-9_])((?:EXPORTS_)?)${world.toUpperCase()}_`, 'g'), '$1@_');

// Fields of a record; those of an unnamed union become `union-field.member`.
function fieldsOf(record) {
  const fields = [];
  let unnamed = null;
  for (const node of record.inner ?? []) {
    if (node.kind === 'RecordDecl') unnamed = node;
    if (node.kind !== 'FieldDecl') continue;
    if (/unnamed|anonymous/.test(node.type.qualType))
      for (const inner of fieldsOf(unnamed)) fields.push(`${node.name}.${inner}`);
    else fields.push(`${node.name}:${node.type.qualType}`);
  }
  return fields;
}

function addEnum(node) {
  let next = 0;
  for (const c of (node.inner ?? []).filter((n) => n.kind === 'EnumConstantDecl')) {
    facts.push(`e ${c.name} ${next}`);
    next++;
  }
}

function addTypedef(node) {
  const owned = node.inner?.[0]?.ownedTagDecl ?? node.inner?.[0]?.inner?.[0]?.decl;
  const fields = owned && records.get(owned.id);
  if (fields && /^struct /.test(node.type.qualType)) facts.push(`s ${node.name} ${fields.join(';')}`);
  else facts.push(`t ${node.name} ${node.type.qualType}`);
}

function addDeclaration(node) {
  if (node.kind === 'RecordDecl' && node.completeDefinition) records.set(node.id, fieldsOf(node));
  else if (node.kind === 'EnumDecl') addEnum(node);
  else if (node.kind === 'TypedefDecl') addTypedef(node);
  else if (node.kind === 'FunctionDecl') facts.push(`f ${node.name} ${node.type.qualType}`);
}

const standard = '#include <stdint.h>\n#include <stdbool.h>\n#include <stddef.h>\n#include <uchar.h>\n';
const directory = mkdtempSync(join(tmpdir(), 'compat-'));
const bare = join(directory, 'bare.c');
writeFileSync(bare, standard);

const astOf = (file) => JSON.parse(clang('-x', 'c', '-fsyntax-only', '-Xclang', '-ast-dump=json', file)).inner;
const known = new Set(astOf(bare).map((n) => `${n.kind} ${n.name}`));
for (const node of astOf(header)) if (!node.name || !known.has(`${node.kind} ${node.name}`)) addDeclaration(node);

const macrosOf = (file) => clang('-x', 'c', '-dM', '-E', file).split('\n');
const knownMacros = new Set(macrosOf(bare));
for (const line of macrosOf(header)) {
  const found = /^#define (\w+(?:\([^)]*\))?) (.+)$/.exec(line);
  if (found && !knownMacros.has(line)) facts.push(`m ${found[1]} ${found[2]}`);
}
rmSync(directory, { recursive: true });

// What a stream or future has besides its type; KIND is `stream` or `future`, PAYLOAD may be empty.
const pipeFacts = (stem, kind, payload) => {
  const status = `${world}_waitable_status_t`;
  const rest = (payload ? `, ${payload} *` : '') + (kind === 'stream' ? ', size_t' : '');
  return [
    `t ${stem}_writer_t uint32_t`,
    `f ${stem}_new ${stem}_t (${stem}_writer_t *)`,
    `f ${stem}_read ${status} (${stem}_t${rest})`,
    `f ${stem}_write ${status} (${stem}_writer_t${payload ? rest.replace(', ', ', const ') : rest})`,
    `f ${stem}_cancel_read ${status} (${stem}_t)`,
    `f ${stem}_cancel_write ${status} (${stem}_writer_t)`,
    `f ${stem}_drop_readable void (${stem}_t)`,
    `f ${stem}_drop_writable void (${stem}_writer_t)`,
  ];
};

function foldPipes(all) {
  for (const read of [...all].filter((fact) => / \w+_read /.test(fact))) {
    const found = /^f (\w+)_read \w+ \(\w+(?:, (\w+) \*)?(, size_t)?\)$/.exec(read);
    if (!found) continue;
    const [, stem, payload = '', size] = found;
    const folded = pipeFacts(stem, size ? 'stream' : 'future', payload);
    if (!folded.every((fact) => all.has(fact))) continue;
    for (const fact of folded) all.delete(fact);
    all.add(`p ${stem} ${size ? 'stream' : 'future'} ${payload}`.trimEnd());
  }
  return all;
}

for (const fact of foldPipes(new Set(facts))) console.log(shorten(fact));
