#!/usr/bin/env python3
"""What witgen can say, read off its sources: is each text in some golden?

  texts.py SOURCES UNREACHED GOLDEN...

Texts are the formats of diag_error(), diag_warning() and diag_note(), and the reasons that other functions pass on to them: text in
a call of a function whose name ends in `fail` or begins with `report_` or `refuse_`, text that is returned or assigned as a `why`, and text
that is written to stderr directly.
What a hole (%s) stands for may be anything. UNREACHED lists texts that no input brings about, each with the reason: `error: TEXT | why`, or `reason: TEXT | why`;
one that is said by a golden after all, or is in no source, is an error too.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import re
import sys
from pathlib import Path

DIAG = {"diag_error": "error", "diag_warning": "warning", "diag_note": "note"}
CALL = re.compile(r"\b(?:diag_(?:error|warning|note)|\w*fail|report_\w+|refuse_\w+)\s*\(")
WHY = re.compile(r"\b(?:why|reason|problem)\s*=\s*(?=\"|[^;]*\?)|\breturn\s+(?=\"|[^;]*\?\s*\")")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
HOLE = re.compile(r"%(?:%|[-0-9.*]*(?:z|l|h|j)*[a-zA-Z])")


def skip_string(text, at):
    return STRING.match(text, at).end()


def blank_comments(text):
    """The same text with comments blanked, so that offsets stay."""
    out = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'|/\*.*?\*/|//[^\n]*', re.S)
    return out.sub(lambda m: m[0] if m[0][0] in "\"'" else re.sub(r"[^\n]", " ", m[0]), text)


def split_arguments(text, at):
    """The arguments of the call whose parenthesis opens before `at`."""
    parts, start, depth = [], at, 0
    while True:
        c = text[at]
        if c == '"':
            at = skip_string(text, at)
            continue
        if c == "'":
            at = text.index("'", at + (3 if text[at + 1] == "\\" else 1)) + 1
            continue
        if c in "([{":
            depth += 1
        elif c in ")]}" and depth:
            depth -= 1
        elif c == ")" or (c == "," and not depth):
            parts.append(text[start:at])
            start = at + 1
            if c == ")":
                return parts
        at += 1


def literals(text):
    """String literals; those beside each other are one."""
    for m in re.finditer(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*', text):
        joined = "".join(STRING.findall(m[0]))
        yield joined.encode().decode("unicode_escape").encode("latin-1").decode("utf-8")


def texts_of(path):
    """(level or None for a reason, text, line) of each text in a source."""
    source = blank_comments(path.read_text())
    line_of = lambda at: source.count("\n", 0, at) + 1
    for m in CALL.finditer(source):
        name = m[0].split("(")[0].strip()
        arguments = split_arguments(source, m.end())
        if name in DIAG:
            for text in literals(arguments[2] if len(arguments) > 2 else ""):
                yield DIAG[name], text, line_of(m.start())
        else:
            for text in (t for a in arguments for t in literals(a) if " " in t):
                yield None, text, line_of(m.start())
    for m in re.finditer(r"\bf(?:puts|printf)\s*\(", source):
        arguments = split_arguments(source, m.end())
        if any(a.strip() == "stderr" for a in arguments):
            for text in (t for a in arguments for t in literals(a)):
                yield None, text.rstrip("\n"), line_of(m.start())
    for m in WHY.finditer(source):
        if path.parent.name not in ("emit", "abi"):
            for text in literals(source[m.end():source.index(";", m.end())]):
                if " " in text and "%" not in text:
                    yield None, text, line_of(m.start())


def is_bare(text):
    """Nothing but holes: what fills them is counted."""
    return not re.search(r"[a-z]{2}", HOLE.sub("", text))


def pattern_of(level, text):
    parts, at = [], 0
    for m in HOLE.finditer(text):
        parts += [re.escape(text[at:m.start()]), "%" if m[0] == "%%" else ".*"]
        at = m.end()
    body = "".join(parts) + re.escape(text[at:])
    return re.compile(rf"^(?:.*: )?{level}: {body}$" if level else body, re.M)


def read_unreached(path):
    for line in Path(path).read_text().splitlines():
        if line and not line.startswith("#"):
            what, _, why = line.rpartition(" | ")
            level, _, text = what.partition(": ")
            yield None if level == "reason" else level, text, why


def main(sources, unreached, *goldens):
    said = "\n".join(Path(g).read_text(errors="replace") for g in goldens)
    listed = {(level, text): why for level, text, why in read_unreached(unreached)}
    found, bad = set(), []
    for path in sorted(Path(sources).rglob("*.c")):
        for level, text, line in texts_of(path):
            if is_bare(text) or path.name == "diag.c":
                continue
            found.add((level, text))
            is_said = bool(pattern_of(level, text).search(said))
            if is_said and (level, text) in listed:
                bad.append(f"{unreached}: a golden has it, so it can be reached: {level or 'reason'}: {text}")
            if not is_said and not listed.get((level, text)):
                bad.append(f"{path}:{line}: no golden has: {level or 'reason'}: {text}")
    bad += [f"{unreached}: no source has it: {level or 'reason'}: {text}" for level, text in listed if (level, text) not in found]
    print("\n".join(sorted(set(bad))), f"{len(found)} texts", sep="\n")
    return 1 if bad or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
