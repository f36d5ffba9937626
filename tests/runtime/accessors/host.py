# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception


def run(t, load):
    speed = [4.0]

    def set_speed(_store, value):
        speed[0] = value

    guest = load({"": {"[get]speed": lambda _store: speed[0], "[set]speed": set_speed}})
    props = guest["test:accessors/props"]
    call = props.call
    call("[set]level", 4294967295)
    t.equal(call("[get]level"), 4294967295, "a number is set and read")
    t.equal(call("[set]title", "tïtle"[:4]), None, "a setter that may fail, and does not")
    t.equal(call("[get]title"), "tïtl", "a text is set and read")
    t.equal(call("[set]title", "much too long"), "too long", "a setter that may fail, and does")
    t.equal(call("[set]title", ""), None, "the empty text can be set")
    lamp = call("[constructor]lamp")
    call("[method][set]lamp.bright-ness", lamp, 200)
    t.equal(call("[method][get]lamp.bright-ness", lamp), 200, "a resource has accessors, with names of two words")
    t.equal(call("[static][get]lamp.count"), 1, "and static ones")
    lamp.drop(guest._store)
    t.equal(call("[static][get]lamp.count"), 0, "which see the destructor")
    t.equal(guest.call("[get]pace"), 0.25, "the world reads what the host has")
    guest.call("[set]pace", 0.5)
    t.equal(speed[0], 2.0, "the world sets what the host has")
