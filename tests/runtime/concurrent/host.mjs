// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { setTimeout as sleep } from 'node:timers/promises';

export default async function (t, load) {
  let dropped = 0, ticks = 0;
  const held = new Map();
  const fetch = async (key, milliseconds) => {
    if (key.startsWith('hold')) await new Promise(resolve => held.set(key, resolve));
    else await sleep(milliseconds);
    if (key.startsWith('bad')) throw key.length;
    t.engineLeaks++; // jco 1.35 allocates each string in the result of an async import twice
    return `${key} after ${milliseconds}`;
  };
  class Connection {
    #name;
    constructor(name) { this.#name = name; }
    static async open(name) { await sleep(5); return new Connection(name); }
    async send(data) { await sleep(5); return data.length + this.#name.length; }
    [Symbol.dispose]() { dropped++; }
  }
  const report = async (a, b, c, d, e) => {
    await sleep(1);
    t.engineLeaks++;
    return [a + e.length, `${b} ${c} ${d} ${e.join('+')}`];
  };
  const guest = await load({
    'test:concurrent/backend': { fetch, report, Connection },
    tick: { default: async () => { await sleep(1); return ++ticks; } },
  });
  const { service } = guest;
  const call = async (...args) => {
    try {
      return await service.handle(...args);
    } catch (error) {
      return error instanceof Error && !('payload' in error) ? Promise.reject(error) : error?.payload ?? error;
    }
  };

  // The guest is one instance: it holds all of these suspended at the same time. The host answers the last one first.
  const count = 40, finished = [];
  const answers = Promise.all(Array.from({ length: count }, async (_, i) => {
    const answer = await call(i, `hold ${i}`, i);
    finished.push(i);
    return answer;
  }));
  for (let i = 0; i < 500 && service.active() < count; i++) await sleep(10);
  t.equal(service.active(), count, 'all calls are suspended in one instance; a sync call gets in between');
  t.equal(held.size, count, 'the host has all of them at once');
  const order = [...Array(count).keys()].reverse();
  for (const i of order) {
    held.get(`hold ${i}`)();
    for (let turn = 0; turn < 500 && finished.length < count - i; turn++) await sleep(1);
  }
  t.equal(await answers, Array.from({ length: count }, (_, i) => `${i}:hold ${i} after ${i}`), 'every call gets its own answer');
  t.equal(finished, order, 'and they finish in the order of the answers, the reverse of their start');
  t.equal(service.active(), 0, 'none is left');

  t.equal(await call(7, 'bad key', 5), 7007, 'an error of the host becomes an error of the guest');
  t.equal(await service.wide('ä', 'b', new Uint8Array(3), { x: -4n, y: 0.5 }, 'e', [{ x: 1n, y: 0 }, { x: -2n, y: 0 }], 'g', 8,
    ['i', 'j']), 'äb3-40.500000e1-2g8ij', 'parameters through memory arrive');
  t.equal(await service.wide('', '', new Uint8Array(), { x: 0n, y: 0 }, undefined, [], '', 0, []), '000.0000000',
    'empty ones too');
  t.equal((await service.fanOut(5)).sort(), ['even after 15', 'even after 45', 'even after 75', 'odd after 30', 'odd after 60'],
    'five subtasks of one call, each with its answer');
  t.equal(await service.converse('abcd'), 7 * 100 + 6, 'async methods of a resource');
  t.equal(dropped, 1, 'which is dropped once');
  t.equal(await service.relay('x'), `202 ${2n ** 64n - 1n} -0.5 x x+x`, 'more than four parameters of an async import');
  t.equal(await guest.tock(3), 6, 'async functions of the world itself');
}
