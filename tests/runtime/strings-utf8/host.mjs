// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same for guests of all three encodings: the host never sees which one it is.

const texts = ['', 'ascii', 'grüße ÿ', 'Ω', 'zoë 𝄞 🦀', 'nul \u0000 inside', '\u{10ffff}\uffff\ue000',
  'é'.repeat(5000), 'latin '.repeat(2000) + 'Ω at the end', '🦀'.repeat(3000), 'x'.repeat(100001)];

export default async function (t, load) {
  let seen;
  const see = value => { seen = value; return value; };
  const guest = await load({ 'test:strings/host': { see, seeList: see } });
  for (const text of texts) {
    const label = `${text.slice(0, 12).replaceAll('\u0000', '.')} (${text.length})`;
    const points = Uint32Array.from([...text].map(c => c.codePointAt(0)));
    t.equal(guest.codePoints(text), points, `${label}: C sees its code points`);
    t.equal(guest.echo(text), text, `${label}: it comes back`);
    t.equal(seen, text, `${label}: an import gets it`);
    t.equal(guest.echoOption(text), text, `${label}: in an option`);
  }
  t.equal(guest.echoOption(undefined), undefined, 'no text in an option');
  t.equal(guest.echoList(texts), texts, 'all of them in a list');
  t.equal(seen, texts, 'as a list for an import');
  t.equal(guest.echoList([]), [], 'an empty list');
  t.equal(guest.make(), 'zoë 𝄞', 'a text that the guest makes');
  t.equal(guest.makeLatin().slice(0, 5), 'grüße', 'a text of known length that the guest makes');
}
