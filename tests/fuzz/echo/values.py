# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random values of a Type, and their bytes.

A value is a bool, int, float or str; bytes for a string (UTF-8); a list for list, array, tuple and record; a list of pairs for a
map; (case number, payload or None) for variant, option (0 none, 1 some) and result (0 ok, 1 err); an int for enum
and flags; for a handle, the host's number of what it stands for.

The bytes are what C on both sides writes of what it sees (echo.h): little endian, nothing aligned; lengths, tags and enums are 32
bits, flags 64, every NaN is the same.
"""

import math
import struct

WIDTHS = {"u8": 8, "u16": 16, "u32": 32, "u64": 64, "s8": 8, "s16": 16, "s32": 32, "s64": 64}
FORMATS = {"bool": "<?", "u8": "<B", "u16": "<H", "u32": "<I", "u64": "<Q", "s8": "<b", "s16": "<h", "s32": "<i", "s64": "<q"}
NANS = {"f32": b"\0\0\xc0\x7f", "f64": b"\0\0\0\0\0\0\xf8\x7f"}
FLOATS = {
    "f32": (0.0, -0.0, 1.5, -1.0, math.inf, -math.inf, math.nan, 1e-45, 3.4028234663852886e38, 16777217.0),
    "f64": (0.0, -0.0, 1.5, -1.0, math.inf, -math.inf, math.nan, 5e-324, 1.7976931348623157e308, 9007199254740993.0),
}
CHARS = (0, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff)
TEXTS = ("a", "Z", " ", "\0", "é", "ß", "ÿ", "ā", "Ω", "中", "\ufffd", "\U0001f600", "\U0010ffff", "word", "\\\"'%")


def random_int(rng, low, high):
    return rng.choice((low, high, 0, 1, max(low, -1), rng.randint(low, high), rng.randint(low, high)))


def random_float(rng, kind):
    value = rng.choice(FLOATS[kind]) if rng.random() < 0.6 else rng.uniform(-1e6, 1e6)
    return struct.unpack("<f", struct.pack("<f", value))[0] if kind == "f32" else value


def random_length(rng, budget):
    """Lengths add up in nested lists: the budget shrinks with depth."""
    return rng.choice((0, 1, 1, 2, 3, rng.randint(0, 9), rng.randint(0, 60))) if budget > 2 else rng.randint(0, max(budget, 1))


def random_value(rng, t, budget=4):
    kind = t.kind
    inner = lambda part: None if part is None else random_value(rng, part, budget)
    less = lambda part: random_value(rng, part, budget - 1)
    if kind == "alias":
        return inner(t.parts[0][1])
    if kind == "bool":
        return rng.random() < 0.5
    if kind in WIDTHS:
        bits = WIDTHS[kind]
        return random_int(rng, -(1 << bits - 1), (1 << bits - 1) - 1) if kind[0] == "s" else random_int(rng, 0, (1 << bits) - 1)
    if kind in FLOATS:
        return random_float(rng, kind)
    if kind == "char":
        return rng.choice(CHARS)
    if kind == "string":
        return "".join(rng.choice(TEXTS) for _ in range(random_length(rng, budget + 1))).encode()
    if kind == "list":
        return [less(t.parts[0][1]) for _ in range(random_length(rng, budget))]
    if kind == "map":
        return [(less(t.parts[0][1]), less(t.parts[1][1])) for _ in range(random_length(rng, budget))]
    if kind == "array":
        return [less(t.parts[0][1]) for _ in range(t.count)]
    if kind in ("tuple", "record"):
        return [inner(part) for _, part in t.parts]
    if kind == "option":
        return (1, inner(t.parts[0][1])) if rng.random() < 0.6 else (0, None)
    if kind in ("result", "variant"):
        case = rng.randrange(len(t.parts))
        return (case, inner(t.parts[case][1]))
    if kind in ("own", "borrow"):
        return rng.getrandbits(32)
    if kind == "enum":
        return random_int(rng, 0, len(t.parts) - 1) if len(t.parts) > 1 else 0
    return rng.choice((0, (1 << len(t.parts)) - 1, rng.getrandbits(len(t.parts))))


def utf8(text):
    return struct.pack("<I", len(text)) + text


def to_bytes(t, v, text=utf8):
    """`text` gives what is written for a string, which depends on the encoding of whoever writes."""
    kind = t.kind
    word = lambda n: struct.pack("<I", n)
    part = lambda p, value: b"" if p is None else to_bytes(p, value, text)
    if kind == "alias":
        return part(t.parts[0][1], v)
    if kind in FORMATS:
        return struct.pack(FORMATS[kind], v)
    if kind in FLOATS:
        return NANS[kind] if math.isnan(v) else struct.pack("<f" if kind == "f32" else "<d", v)
    if kind in ("char", "enum", "own", "borrow"):
        return word(v)
    if kind == "flags":
        return struct.pack("<Q", v)
    if kind == "string":
        return text(v)
    if kind == "list":
        return word(len(v)) + b"".join(part(t.parts[0][1], item) for item in v)
    if kind == "map":
        return word(len(v)) + b"".join(part(t.parts[0][1], key) + part(t.parts[1][1], value) for key, value in v)
    if kind == "array":
        return b"".join(part(t.parts[0][1], item) for item in v)
    if kind in ("tuple", "record"):
        return b"".join(part(p, item) for (_, p), item in zip(t.parts, v))
    case, payload = v
    return word(case) + part(t.parts[0][1] if kind == "option" and case else None if kind == "option" else t.parts[case][1], payload)
