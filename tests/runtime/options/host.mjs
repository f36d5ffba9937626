// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
export default async function (t, load) {
  class Thing {
    #n;
    constructor(n) { this.#n = n; }
    n() { return this.#n; }
  }
  const { uses } = await load({ 'test:options/things': { Thing, make: n => n ? new Thing(n) : undefined } });
  const thing = new Thing(21);
  t.equal(uses.look(thing), 42, 'a borrow that the guest does not drop');
  t.equal(uses.lookInside({ first: thing, n: 4 }), 25, 'a borrow inside a record');
  let error;
  try { uses.lookInside({ first: thing, n: undefined }); } catch (thrown) { error = thrown?.payload ?? thrown; }
  t.equal(error, 'no number', 'a result as a struct');
  t.equal([uses.half(10), uses.half(9), uses.half(undefined)], [5, undefined, undefined], 'options as structs');
}
