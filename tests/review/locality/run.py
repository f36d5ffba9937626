#!/usr/bin/env python3
"""A change of WIT changes only the C that follows from it.

Each kind of change is made to base.wit. What follows from it is computed from the two models (closure.py); the generated C of guest and host, for
both engines, is compared declaration by declaration (units.py): one that differs must be about something that follows. The bytes of the component-type
section have type numbers and lengths in them, by its format; there, what the comments say is compared, without the numbers.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from closure import Model, closure, pattern, used  # noqa: E402
from units import declared, differences, head_of, normalize, split  # noqa: E402
from changes import CHANGES  # noqa: E402

WITGEN = os.environ.get("WITGEN", str(Path(__file__).parents[3] / "build/witgen"))
# those that write more or other code; --debug-hooks names lines of WIT, which is what it is for
OPTIONS = ("--for-task", "--no-sig-flattening", "--autodrop-borrows=yes", "--string-encoding=compact-utf16", "--generate-threading-helpers")
BITS = re.compile(r"static \w+ (float__bits|double__bits|bits__float|bits__double)\(")
SECTION = re.compile(r"(?:__asm__\((?:\n .*)*?\n    \"\.text\\n\"\);\n)+")


def generate(wit, scratch, options=()):
    path = Path(scratch) / "world.wit"
    path.write_text(wit)
    out = Path(scratch) / "out"
    run = lambda *args: subprocess.run([WITGEN, str(path), *args], stdout=subprocess.PIPE, text=True, check=True).stdout
    run("--guest", "--host", "--engine", "wasm2c,wasmtime", "--out-dir", str(out), *options)
    files = {f.name: f.read_text() for f in sorted(out.iterdir())}
    for f in out.iterdir():
        f.unlink()
    return files, Model(json.loads(run("--json")))


def section_units(text):
    """What the section says, one unit a line, without numbers of types and without bytes."""
    said = re.findall(r"/\* (.*?) \*/", SECTION.search(text)[0])
    return [[re.sub(r"\b(type|instance) \d+", r"\1 N", line)] for line in said]


def section_concerned(follows, items):
    """The section names items by their WIT names; types without a name are not named at all."""
    names = {i[1] for i in items if not isinstance(i, str)}
    listed = any(i[0] in ("imports", "exports") for i in items if not isinstance(i, str))
    def concerned(unit):
        unnamed = re.match(r"type N: (?!import|export|instance$|component)", unit[0]) or listed and unit[0] == "type N: instance"
        return unnamed or follows.search(normalize(unit[0])) or any(f'"{n}"' in unit[0] for n in names)
    return concerned


def compare(old, new):
    """Lines that differ without a reason."""
    (old_files, old_model), (new_files, new_model) = old, new
    items = closure(old_model, new_model)
    follows = pattern(items)
    needed = pattern(used(old_model, items) | used(new_model, items))
    concerned = lambda unit: follows.search(normalize(subject(unit)))
    for name in sorted(old_files.keys() | new_files.keys()):
        texts = [files.get(name, "") for files in (old_files, new_files)]
        units = [split(SECTION.sub("", t).splitlines()) for t in texts]
        found = list(differences(*units, concerned))
        yield from ((name, *d) for d in found if not comes_or_goes(d, found, needed))
        if SECTION.search(texts[0]):
            yield from ((name + " (section)", *d) for d in differences(*map(section_units, texts), section_concerned(follows, items)))


def subject(unit):
    return " ".join(unit if len(unit) < 3 else head_of(unit)[0])


def comes_or_goes(difference, all_differences, needed):
    """A helper for a type that something concerned uses may become needed, or no longer; but it must neither change nor move."""
    sign, unit = difference
    other = [d for d in all_differences if d[0] != sign and declared(d[1]) == declared(unit)]
    return not other and (BITS.match(unit[0]) or needed.search(normalize(subject(unit))))


class Report:
    number = failed = 0

    def __call__(self, good, name, lines=()):
        self.number += 1
        self.failed += not good
        print("ok" if good else "not ok", self.number, "-", name)
        for line in [] if good else lines:
            print("#   " + line)


def edited(text, edits):
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def test_change(report, name, base, new):
    bad = [f"{file}: {sign}{line}" for file, sign, unit in compare(base, new) for line in unit[:4]]
    changes = new[0] != base[0]
    expected = not name.startswith("nothing: ")
    report(not bad and changes == expected, name, bad[:30] or ["it changes " + ("something" if changes else "nothing")])


def test_version(report, base_text, base, scratch):
    """A version is in the names of imports and exports, mangled or not; a resource is known by it. Nothing else may change."""
    new = generate(base_text.replace("@1.0.0;", "@1.2.3;"), scratch)[0]
    for name, text in base[0].items():
        for dot in ".", "Z2E", "0x2E", "_":
            text = text.replace(f"1{dot}0{dot}0", f"1{dot}2{dot}3")
        numbers = lambda t: re.sub(r"UINT64_C\(0x[0-9a-f]{9,}\)", "UINT64_C(N)", t).splitlines()
        lines = [line for line in difflib.unified_diff(numbers(text), numbers(new[name]), lineterm="", n=0) if line[1:].strip("+-@ ")]
        report(not lines, f"a new version of the package: only the version changes in {name}", lines)


def test_tampering(report, base, new):
    """What does not follow is noticed."""
    def with_change(name, change):
        files = dict(new[0])
        files[name] = change(files[name])
        return [d[0] for d in compare(base, (files, new[1]))]
    def swapped(text):
        at = [m.start() for m in re.finditer(r"^(?:static )?\w+ \*?(?:load|own|lift)_\w*event\w*\(.*?^}\n", text, re.M | re.S)][:1]
        end = text.index("\n}\n", at[0]) + 3
        return text[:at[0]] + text[end:] + text[at[0]:end]
    report(with_change("stall.h", lambda t: t.replace("shop_cart_news_wait(", "shop_cart_news_wait2(")) == ["stall.h"] * 2, "another declaration that changes is noticed")
    report("stall_wasmtime.c" in with_change("stall_wasmtime.c", lambda t: t.replace('"wait", "iii:"', '"wait", "iiii:"')), "so is another entry of a table")
    report("stall_host.c" in with_change("stall_host.c", swapped), "so is another function that moves")
    report("stall_host.c" in with_change("stall_host.c", lambda t: re.sub(r"(news_wait = .*result_type = UINT64_C\(0x)", r"\g<1>f", t)), "so is a number")
    report(with_change("stall.c", lambda t: t.replace('/* export func \"wait\"', '/* export func \"waits\"').replace('export func "wait":', 'export func "waits":')) == ["stall.c (section)"] * 2, "so is a line of the section")


def main():
    report = Report()
    base_text = (Path(__file__).parent / "base.wit").read_text()
    with tempfile.TemporaryDirectory() as scratch:
        for about, options in (("", ()), (", with options", OPTIONS)):
            base = generate(base_text, scratch, options)
            for name, edits in CHANGES.items():
                test_change(report, name + about, base, generate(edited(base_text, edits), scratch, options))
        base = generate(base_text, scratch)
        test_version(report, base_text, base, scratch)
        test_tampering(report, base, generate(edited(base_text, CHANGES["rename a flag"]), scratch))
    print(f"1..{report.number}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
