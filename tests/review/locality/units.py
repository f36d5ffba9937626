"""C text as units: a declaration, statement, member or table entry with the comment before it; and what differs between two texts."""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import difflib
import re

MANGLED = re.compile(r"Z([0-9A-F]{2})|0x([0-9A-F]{2})|Z_")


def normalize(text):
    """Lower case, words joined by '_'; names that wasm2c mangles are decoded."""
    plain = MANGLED.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else "_", text)
    return re.sub(r"[^a-z0-9]+", "_", plain.lower())


def code_of(line):
    return re.sub(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|//.*', "", line)


def split(lines):
    """Units of these lines: comments wait for what they are about; a unit ends when its brackets are closed."""
    units, unit, depth, comment = [], [], 0, False
    for line in lines:
        if not line.strip() and not depth and not unit:
            continue
        unit.append(line)
        begins = line.lstrip().startswith("/*")
        comment = comment or begins
        if comment:
            comment = "*/" not in line
            continue
        if line.startswith("static_assert") and len(unit) == 2 and not depth: # a title, not about this one
            units.append(unit[:1])
            unit = unit[1:]
        code = code_of(line)
        depth += sum(code.count(c) for c in "({[") - sum(code.count(c) for c in ")}]")
        ends = code.rstrip()[-1:] in (";", ",", "}", ":", "{") or line.startswith("#") and not line.endswith("\\")
        if depth <= 0 and (ends or not line.strip()):
            units.append(unit)
            unit, depth = [], 0
    return units + ([unit] if unit else [])


def head_of(unit):
    """The lines of a unit up to its opening brace, without its comment; and those inside."""
    comment = False
    for i, line in enumerate(unit):
        comment = comment or line.lstrip().startswith("/*")
        if not comment and code_of(line).rstrip().endswith("{"):
            return unit[:i + 1], unit[i + 1:-1]
        if comment and "*/" in line:
            comment = False
    return unit, []


def declared(unit):
    head, _ = head_of(unit)
    return "\n".join(line for line in head if not line.lstrip().startswith(("/*", "*")))


def differences(old, new, concerned):
    """Units of either list that differ and are not `concerned`; where both have a unit of one head, only what is inside counts."""
    a, b = ["\n".join(u) for u in old], ["\n".join(u) for u in new]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = [u for u in old[i1:i2] if not concerned(u)]
        right = [u for u in new[j1:j2] if not concerned(u)]
        for u in left:
            pair = next((v for v in right if declared(v) == declared(u) and head_of(v)[1]), None)
            if pair is None or not head_of(u)[1]:
                yield "-", u
            else:
                right.remove(pair)
                yield from differences(split(head_of(u)[1]), split(head_of(pair)[1]), concerned)
        for u in right:
            yield "+", u
