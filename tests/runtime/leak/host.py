# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception


def run(t, load):
    guest = load({})
    guest.lose("text")
    t.equal(guest.heap(), 1, "what is lost is counted")
