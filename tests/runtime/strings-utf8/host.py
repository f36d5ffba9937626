# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The same for guests of all three encodings: the host never sees which one it is."""

TEXTS = ["", "ascii", "grüße ÿ", "Ω", "zoë 𝄞 🦀", "\U0010ffff\uffff\ue000", "é" * 5000,
         "latin " * 2000 + "Ω at the end", "🦀" * 3000, "x" * 100001]


def run(t, load):
    seen = []

    def see(_store, value):
        seen[:] = [value]
        return value

    guest = load({"test:strings/host": {"see": see, "see-list": see}})
    for text in TEXTS:
        label = f"{text[:12]} ({len(text)})"
        t.equal(guest.code_points(text), [ord(c) for c in text], f"{label}: C sees its code points")
        t.equal(guest.echo(text), text, f"{label}: it comes back")
        t.equal(seen[0], text, f"{label}: an import gets it")
        t.equal(guest.echo_option(text), text, f"{label}: in an option")
    t.equal(guest.echo_option(None), None, "no text in an option")
    t.equal(guest.echo_list(TEXTS), TEXTS, "all of them in a list")
    t.equal(seen[0], TEXTS, "as a list for an import")
    t.equal(guest.echo_list([]), [], "an empty list")
    t.equal(guest.make(), "zoë 𝄞", "a text that the guest makes")
    t.equal(guest.make_latin()[:5], "grüße", "a text of known length that the guest makes")
