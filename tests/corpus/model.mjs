// The JSON of a resolved model without what depends on the order in which it was read: ids become names, lists by id become
// maps by name, docs and gates are left out. What is the same in WIT and in a component made from it then has the same value.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { deepStrictEqual } from 'node:assert';
import { run, witgen } from './line.mjs';

const sorted = entries => Object.fromEntries([...entries].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0));
const mapped = (object, value) => sorted(Object.entries(object).map(([key, x]) => [key, value(x)]));

function named({ packages, worlds, interfaces, types }) {
  const interfaceName = id => interfaces[id].name === null ? 'inline'
    : `${packages[interfaces[id].package].name}/${interfaces[id].name}`;
  const ownerName = owner => owner === null ? '' : 'interface' in owner ? interfaceName(owner.interface) : 'world';
  const typeName = id => types[id].name === null ? contents(types[id].kind) : `${ownerName(types[id].owner)}.${types[id].name}`;

  // Every number in a type or a function is the id of a type, but for the length of a list.
  function contents(value, key) {
    if (typeof value === 'number') return typeName(value);
    if (key?.startsWith('fixed')) return [contents(value[0]), value[1]];
    if (Array.isArray(value)) return value.map(x => contents(x));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).filter(([k]) => k !== 'docs' && k !== 'stability').map(([k, x]) => [k, contents(x, k)]));
  }
  const interfaceContents = ({ types: own, functions }) =>
    ({ types: mapped(own, id => contents(types[id].kind)), functions: mapped(functions, f => contents(f)) });
  const item = ({ interface: i, function: f, type }) => i !== undefined
    ? { of: interfaceName(i.id), ...(interfaces[i.id].name === null ? interfaceContents(interfaces[i.id]) : {}) }
    : f !== undefined ? contents(f) : contents(types[type].kind);
  const items = list => sorted(Object.entries(list).map(([key, x]) =>
    [/^interface-\d+$/.test(key) ? interfaceName(x.interface.id) : key, item(x)]));
  return Object.fromEntries(packages.map(p => [p.name, {
    interfaces: mapped(p.interfaces, id => interfaceContents(interfaces[id])),
    worlds: mapped(p.worlds, id => ({ imports: items(worlds[id].imports), exports: items(worlds[id].exports) })),
  }]));
}

/** What witgen makes of an input, by names. */
export const modelOf = async path => named(JSON.parse(await run(witgen, ['--json', '--all-features', path])));

function contain(whole, part, what) {
  for (const [name, value] of Object.entries(part)) deepStrictEqual(value, whole[name], `${what} ${name}`);
}

const isFunction = item => item.params !== undefined;
const functionsOf = items => Object.fromEntries(Object.entries(items).filter(([, item]) => isFunction(item)));

/**
 * Holds what witgen reads in a component against the WIT that it was made from. The component uses every function, so
 * these are all there; types that nothing needs are not.
 */
export async function compareComponent(component, path, worldName) {
  const ours = await modelOf(component), wit = await modelOf(path);
  const { 'root:component': { worlds: { root } }, ...packages } = ours;
  const world = Object.values(wit).map(p => p.worlds[worldName]).findLast(w => w);
  for (const [name, { interfaces }] of Object.entries(packages))
    for (const [i, { types, functions }] of Object.entries(interfaces)) {
      deepStrictEqual(functions, wit[name].interfaces[i].functions, `functions of ${name}/${i}`);
      contain(wit[name].interfaces[i].types, types, `type of ${name}/${i}`);
    }
  contain(world.imports, root.imports, 'import');
  contain(root.imports, functionsOf(world.imports), 'imported function');
  deepStrictEqual(root.exports, world.exports);
}
