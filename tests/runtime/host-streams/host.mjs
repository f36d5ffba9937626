// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Streams are async iterables here, futures are promises. Wasmtime's C API has values for neither.

import { setTimeout as sleep } from 'node:timers/promises';

async function* count(total, make) {
  for (let i = 0; i < total; i++) {
    if (i % 3 === 2) await sleep(1); // now and then the reader has to wait
    yield make(i);
  }
}

const item = i => ({ id: i, name: `n${i}é` });
const collect = async stream => {
  const all = [];
  for (;;) {
    const { value, done } = await stream.next();
    if (value !== undefined) all.push(value);
    if (done) return all;
  }
};

export default async function (t, load) {
  const { sink } = await load({ 'test:host-streams/source': {
    bytes: total => count(total, i => i),
    items: total => count(total, item),
    later: async milliseconds => { await sleep(milliseconds); return 'later'; },
    take: async stream => (await collect(stream)).length,
  } });

  t.equal(await sink.sum(count(10, i => i)), 45n, 'the guest sums up a stream of the host');
  t.equal(await sink.sum([200, 100]), 300n, 'and one that is there all at once');
  t.equal(await sink.sum([]), 0n, 'and an empty one');
  t.equal(await sink.join(count(5, item)), '0n0é;1n1é;2n2é;3n3é;4n4é;', 'records with strings');
  t.equal(await collect(await sink.words(4)), ['wörd 0', 'wörd 1', 'wörd 2', 'wörd 3'], 'the host reads strings of the guest');
  t.equal((await collect(await sink.bytes(7))).map(Number), [0, 1, 2, 3, 4, 5, 6], 'the host reads bytes of the guest');
  t.equal(await sink.read(Promise.resolve('now')), 'now', 'the guest reads a future that has its value');
  t.equal(await sink.read(sleep(20, 'soon')), 'soon', 'the guest reads a future that has not');
  t.equal(await (await sink.answer(3)), 30, 'the host reads a future of the guest');
  t.equal(await sink.pull(), '66 0n0é;1n1é;2n2é;3n3é; later', 'the guest asks the host for streams and a future');
  t.equal(await sink.push(9), 9, 'the guest sends a stream along with a call');
}
