// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

const dispose = Symbol.dispose ?? Symbol.for('dispose');

export default async function (t, load) {
  let live = 0, dropped = 0;
  class BlobFile {
    #size;
    constructor(size) { this.#size = size; live++; }
    size() { return this.#size; }
    grow(by) { this.#size += by; }
    static join(a, b) { a.gone(); return new BlobFile(a.size() + b.size()); }
    gone() { live--; }
    [dispose]() { live--; dropped++; }
  }
  const guest = await load({ 'test:resources/store': {
    BlobFile,
    consume: blob => { blob.gone(); return blob.size(); },
    many: count => Array.from({ length: count }, (_, i) => new BlobFile(i)),
    sum: all => all.reduce((sum, blob) => sum + blob.size(), 0),
    find: size => size ? new BlobFile(size) : undefined,
  } });

  t.equal(guest.useStore(), 0, "the guest uses the host's resource in every way");
  t.equal(guest.useLists(), 0, 'the guest gets a list of handles and lends a list of handles');
  t.equal(dropped, 5, 'every handle that the guest kept was dropped once');
  t.equal(live, 0, 'no blob is left');
  const mine = new BlobFile(12);
  t.equal(guest.borrowStore(mine), 12, 'a borrowed blob can be used and stays');
  t.equal(guest.ownStore(mine).size(), 13, 'a blob that was given and came back is the same');

  const { counters } = guest;
  const { UpCounter, Even } = counters;
  const one = new UpCounter(3), two = new UpCounter(4);
  one.add(two);
  t.equal(one.value(), 7, 'a method reaches its own and a borrowed object');
  t.equal(counters.alive(), 2, 'two counters live');
  two[dispose]();
  t.equal(counters.alive(), 1, 'dropping a handle runs the destructor of a resource with two words in its name');
  t.equal(UpCounter.take(one), 7, 'an object that is given away arrives');
  t.equal(counters.alive(), 0, 'and is destroyed by whom it was given to');

  t.equal(counters.sumList(counters.makeList(4)), 6, 'a list of handles out and in');
  t.equal(counters.sumList(counters.makeList(0)), 0, 'an empty list of handles out and in');
  t.equal(counters.alive(), 0, 'all of the list are destroyed');

  const halves = counters.split(new UpCounter(9));
  t.equal(halves.first.value(), 4, 'a handle in a record');
  t.equal(halves.second.value(), 5, 'a handle in an option in a record');
  halves.first[dispose]();
  halves.second[dispose]();
  const whole = counters.split(new UpCounter(1));
  t.equal(whole.second, undefined, 'no handle in an option');
  whole.first[dispose]();

  counters.keep(new UpCounter(1));
  counters.keep(new UpCounter(2));
  t.equal(counters.alive(), 1, 'keeping another drops the one kept before');
  const kept = counters.giveBack();
  t.equal(kept.value(), 2, 'a kept handle comes back');
  kept[dispose]();
  t.equal(counters.giveBack(), undefined, 'nothing is kept any more');

  const even = new Even(8);
  t.equal(even.half(), 4, 'a constructor that may fail, and does not');
  even[dispose]();
  let refused;
  try { new Even(7); } catch (error) { refused = error?.payload ?? error; }
  t.equal(refused, 'odd', 'a constructor that may fail, and does');
  t.equal([counters.alive(), counters.destroyed()], [0, 12], 'as many destroyed as were made');
}
