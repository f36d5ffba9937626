// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
export default async function (t, load) {
  const guest = await load({});
  guest.lose('text');
  t.equal(guest.heap(), 1, 'what is lost is counted');
}
