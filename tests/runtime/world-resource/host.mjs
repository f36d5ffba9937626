// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
export default async function (t, load) {
  let dropped = 0;
  class BigThing {
    #n;
    constructor(n) { this.#n = n; }
    n() { return this.#n; }
    static plus(a, more) { return a.n() + more; }
    [Symbol.dispose]() { dropped++; }
  }
  const guest = await load({
    'big-thing': { default: BigThing }, lend: { default: thing => thing.n() },
    swap: { default: thing => new BigThing(thing.n() + 1) },
  });
  const thing = guest.make(10);
  t.equal(guest.look(thing), 11, 'made by the guest, swapped by the host, borrowed');
  t.equal(guest.take(thing), 11 + 1 + 11, 'given');
  t.equal(dropped, 2, 'the guest dropped what it had');
}
