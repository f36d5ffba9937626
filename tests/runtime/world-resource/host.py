# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
from wasmtime.component import ResourceHost
from wasmtime_host import Resource

THING = 3


def run(t, load):
    values, dropped = {}, []

    def new(store, n):
        rep = len(values) + 50
        values[rep] = n
        return ResourceHost.own(rep, THING).to_any(store)

    def value(store, handle):
        return values[handle.to_host(store).rep]

    guest = load({"": {
        "big-thing": Resource(THING, dropped.append),
        "[constructor]big-thing": new,
        "[method]big-thing.n": value,
        "[static]big-thing.plus": lambda store, a, more: value(store, a) + more,
        "lend": value,
        "swap": lambda store, thing: new(store, value(store, thing) + 1),
    }})
    thing = guest.make(10)
    t.equal(guest.look(thing), 11, "made by the guest, swapped by the host, borrowed")
    t.equal(guest.take(thing), 11 + 1 + 11, "given")
    t.equal(len(dropped), 2, "the guest dropped what it had")
