# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
from wasmtime.component import Record, ResourceHost
from wasmtime_host import Resource

THING = 5


def run(t, load):
    def make(store, n):
        return ResourceHost.own(n, THING).to_any(store) if n else None

    guest = load({"test:options/things": {
        "thing": Resource(THING, lambda rep: None), "make": make,
        "[method]thing.n": lambda store, handle: handle.to_host(store).rep,
    }})
    uses, thing = guest["test:options/uses"], make(guest._store, 21)
    t.equal(uses.look(thing), 42, "a borrow that the guest does not drop")
    pair = Record()
    pair.first, pair.n = thing, 4
    t.equal(uses.look_inside(pair), 25, "a borrow inside a record")
    pair.n = None
    t.equal(uses.look_inside(pair), "no number", "a result as a struct")
    t.equal([uses.half(10), uses.half(9), uses.half(None)], [5, None, None], "options as structs")
