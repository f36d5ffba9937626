// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every value goes in, is shown by the guest as text, comes back: [function, value, the text C must have seen].

const camel = name => name.replace(/-([a-z0-9])/g, (_, c) => c.toUpperCase());
const flags = (names, set) => Object.fromEntries(names.map(name => [name, set.includes(name)]));
const perm = (...set) => flags(['read', 'write', 'run'], set);
const letters = [...'abcdefghi'];
const all = Array.from({ length: 32 }, (_, i) => `f${i}`);
const ok = val => ({ tag: 'ok', val }), err = val => ({ tag: 'err', val });
const hard = 'zoë 𝄞 🦀 \u0000 \uffff\u{10ffff}';
const point = { x: -2147483648, y: -0.5, name: hard };
const max64 = 2n ** 64n - 1n, min63 = -(2n ** 63n), max63 = 2n ** 63n - 1n;

const shapes = [
  [{ tag: 'nothing' }, 'nothing'],
  [{ tag: 'byte', val: 255 }, 'byte 255'],
  [{ tag: 'wide', val: max64 }, 'wide 18446744073709551615'],
  [{ tag: 'single', val: -1.5 }, 'single -1.500000'],
  [{ tag: 'double', val: 0.000001 }, 'double 0.000001'],
  [{ tag: 'text', val: hard }, `text '${hard}'`],
  [{ tag: 'both', val: [7, 2.25] }, 'both 7 2.250000'],
  [{ tag: 'at', val: point }, `at (-2147483648 -0.500000 '${hard}')`],
];

const lists = {
  bools: [true, false], bytes: new Uint8Array([0, 255]), s8s: new Int8Array([-128, 127]),
  u16s: new Uint16Array([0, 65535]), s16s: new Int16Array([-32768, 32767]), u32s: new Uint32Array([0, 4294967295]),
  s32s: new Int32Array([-2147483648, 2147483647]), u64s: new BigUint64Array([0n, max64]),
  s64s: new BigInt64Array([min63, max63]), f32s: new Float32Array([0.5, -Infinity]),
  f64s: new Float64Array([NaN, -0]), chars: ['a', '𝄞'], strings: ['', 'é', hard],
  points: [point, { x: 1, y: 2, name: '' }], deep: [new Uint16Array([]), new Uint16Array([1, 2]), new Uint16Array([65535])],
  shapes: shapes.map(([value]) => value), options: ['x', undefined], tuples: [[1, 2n], [255, max64]],
  colors: ['red', 'dark-blue'], perms: [perm(), perm('read', 'run')], results: [ok(9), err('no')],
};
const listsText = "[1 0][0 255][-128 127][0 65535][-32768 32767][0 4294967295][-2147483648 2147483647]" +
  '[0 18446744073709551615][-9223372036854775808 9223372036854775807][0.500000 -inf][nan -0.000000][97 119070]' +
  `['' 'é' '${hard}'][(-2147483648 -0.500000 '${hard}') (1 2.000000 '')][[] [1 2] [65535]]` +
  `[${shapes.map(([, text]) => text).join(' ')}]['x' none][1:2 255:18446744073709551615][0 2][0 5][9 'no']`;
const noLists = {
  bools: [], bytes: new Uint8Array(), s8s: new Int8Array(), u16s: new Uint16Array(), s16s: new Int16Array(),
  u32s: new Uint32Array(), s32s: new Int32Array(), u64s: new BigUint64Array(), s64s: new BigInt64Array(),
  f32s: new Float32Array(), f64s: new Float64Array(), chars: [], strings: [], points: [], deep: [], shapes: [],
  options: [], tuples: [], colors: [], perms: [], results: [],
};

const table = [
  ['bool', true, '1'], ['bool', false, '0'],
  ['u8', 0, '0'], ['u8', 255, '255'], ['s8', -128, '-128'], ['s8', 127, '127'],
  ['u16', 65535, '65535'], ['s16', -32768, '-32768'], ['s16', 32767, '32767'],
  ['u32', 4294967295, '4294967295'], ['s32', -2147483648, '-2147483648'], ['s32', 2147483647, '2147483647'],
  ['u64', max64, '18446744073709551615'], ['s64', min63, '-9223372036854775808'], ['s64', max63, '9223372036854775807'],
  ['f32', 1.5, '1.500000'], ['f32', -0, '-0.000000'], ['f32', NaN, 'nan'], ['f32', Infinity, 'inf'],
  ['f32', 1.401298464324817e-45, '0.000000'],
  ['f64', -1.25, '-1.250000'], ['f64', -0, '-0.000000'], ['f64', NaN, 'nan'], ['f64', -Infinity, '-inf'],
  ['f64', Number.MIN_VALUE, '0.000000'], ['f64', Number.MAX_VALUE, 'huge'],
  ['char', 'a', '97'], ['char', '\u0000', '0'], ['char', '\ud7ff', '55295'], ['char', '\ue000', '57344'],
  ['char', '\u{10ffff}', '1114111'],
  ['string', '', "''"], ['string', hard, `'${hard}'`], ['string', 'long '.repeat(20000), `'${'long '.repeat(20000)}'`],
  ['point', point, `(-2147483648 -0.500000 '${hard}')`],
  ...shapes.map(([value, text]) => ['shape', value, text]),
  ['small', { tag: 'real', val: -3.75 }, '-3.750000'], ['small', { tag: 'whole', val: 4294967295 }, '4294967295'],
  ['color', 'red', '0'], ['color', 'dark-blue', '2'],
  ['perm', perm(), '0'], ['perm', perm('write'), '2'], ['perm', perm('read', 'write', 'run'), '7'],
  ['nine', flags(letters, ['a', 'i']), '257'], ['all-flags', flags(all, ['f0', 'f31']), '2147483649'],
  ['all-flags', flags(all, all), '4294967295'],
  ['many', 'c0', '0'], ['many', 'c256', '256'],
  ['the-pair', [200, hard, 0.25], `200'${hard}'0.250000`],
  ['lists', lists, listsText], ['lists', noLists, '[]'.repeat(21)],
  ['nested', { label: undefined, inner: [], last: err([]) }, 'none[][]'],
  ['nested', { label: hard, inner: [undefined, ...shapes.map(([value]) => value)], last: ok(point) },
    `'${hard}'[none ${shapes.map(([, text]) => text).join(' ')}](-2147483648 -0.500000 '${hard}')`],
  ['nested', { label: '', inner: [], last: err(['a', '', hard]) }, `''[]['a' '' '${hard}']`],
  ['opt-u8', undefined, 'none'], ['opt-u8', 0, '0'], ['opt-u8', 255, '255'],
  ['opt-string', undefined, 'none'], ['opt-string', '', "''"], ['opt-string', hard, `'${hard}'`],
  ['opt-opt', { tag: 'none' }, 'none'], ['opt-opt', { tag: 'some', val: undefined }, 'some none'],
  ['opt-opt', { tag: 'some', val: 5 }, '5'],
  ['res-empty', ok(), 'ok'], ['res-empty', err(), 'error'],
  ['res-ok', ok(max64), '18446744073709551615'], ['res-ok', err(), 'error'],
  ['res-err', ok(), 'ok'], ['res-err', err(hard), `'${hard}'`], ['res-err', err(''), "''"],
  ['res-both', ok(0.5), '0.500000'], ['res-both', err('dark-blue'), '2'],
  ['bytes', new Uint8Array(), '[]'], ['bytes', new Uint8Array([1, 2, 255]), '[1 2 255]'],
];

const scalars = [
  [[true, 255, -128, 65535, -32768, 4294967295, -2147483648, max64, min63, 0.5, -0.25, '𝄞'],
    '1 255 -128 65535 -32768 4294967295 -2147483648 -1 -9223372036854775808 119070 0.500000 -0.250000'],
  [[false, 0, 127, 0, 32767, 0, 2147483647, 0n, max63, -1, 1e6, '\u0000'],
    '0 0 127 0 32767 0 2147483647 0 9223372036854775807 0 -1.000000 1000000.000000'],
];

const big = [255, 65535, 4294967295, max64, -128, -32768, -2147483648, min63, -0.5, 2.5, '🦀', true, hard, 'green',
  perm('run'), 7, err(65535), point];
const bigText = '255 65535 4294967295 -1 -128 -32768 -2147483648 -9223372036854775808 129408 1 1 4 7 65535 -0.500000 2.500000' +
  `'${hard}'(-2147483648 -0.500000 '${hard}')`;
const bigRecord = values => Object.fromEntries(values.map((value, i) => ['abcdefghijklmnopqr'[i], value]));

export default async function (t, load) {
  let seen;
  const host = {};
  for (const name of new Set(table.map(([name]) => name)))
    host[camel(`see-${name}`)] = (text, value) => {
      seen = [text, value];
      if (!name.startsWith('res-')) return value;
      if (value.tag === 'err') throw value.val;
      return value.val;
    };
  host.seeScalars = (text, ...values) => { seen = [text, values]; return values; };
  host.seeBig = (text, ...values) => { seen = [text, values]; return bigRecord(values); };
  const { echo } = await load({ 'test:values/host': host });

  for (const [name, value, text] of table) {
    const call = echo[camel(`echo-${name}`)];
    const label = `${name} ${text.slice(0, 40).replace(/[\u0000#\n]/g, '.')}`;
    seen = undefined;
    let back;
    try {
      back = name.startsWith('res-') ? ok(call(value)) : call(value);
    } catch (error) {
      if (!name.startsWith('res-') || error instanceof Error && !('payload' in error)) throw error;
      back = err(error instanceof Error ? error.payload : error);
    }
    t.equal(seen?.[0], text, `${label}: C sees the value`);
    t.equal(seen?.[1], value, `${label}: an import gets the value`);
    t.equal(back, value, `${label}: an export answers the value`);
  }
  for (const [values, text] of scalars) {
    const back = echo.echoScalars(...values);
    t.equal(seen, [text, values], 'twelve scalars side by side: C and the import see them');
    t.equal(back, values, 'twelve scalars side by side: they come back');
  }
  const back = echo.echoBig(...big);
  t.equal(seen, [bigText, big], 'more than sixteen flat parameters: C and the import see them');
  t.equal(back, bigRecord(big), 'a big result: it comes back');
}
