# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The table of host.mjs in the wheel's spelling. A variant is a Variant only where the payload's Python type leaves
the case open; otherwise it is the bare payload, or None."""

import math
from wasmtime.component import Record, Variant


def record(**fields):
    r = Record()
    r.__dict__.update({name.replace("_", "-"): value for name, value in fields.items()})
    return r


HARD = "zoë 𝄞 🦀 \uffff\U0010ffff"
MAX64, MIN63, MAX63 = 2**64 - 1, -(2**63), 2**63 - 1
NAN, INF = math.nan, math.inf
POINT = record(x=-2147483648, y=-0.5, name=HARD)
POINT_TEXT = f"(-2147483648 -0.500000 '{HARD}')"

SHAPES = [
    (Variant("nothing"), "nothing"),
    (Variant("byte", 255), "byte 255"),
    (Variant("wide", MAX64), "wide 18446744073709551615"),
    (Variant("single", -1.5), "single -1.500000"),
    (Variant("double", 0.000001), "double 0.000001"),
    (Variant("text", HARD), f"text '{HARD}'"),
    (Variant("both", (7, 2.25)), "both 7 2.250000"),
    (Variant("at", POINT), f"at {POINT_TEXT}"),
]
SHAPE_VALUES = [value for value, _ in SHAPES]
SHAPE_TEXTS = " ".join(text for _, text in SHAPES)

LISTS = record(
    bools=[True, False], bytes=b"\x00\xff", s8s=[-128, 127], u16s=[0, 65535], s16s=[-32768, 32767],
    u32s=[0, 4294967295], s32s=[-2147483648, 2147483647], u64s=[0, MAX64], s64s=[MIN63, MAX63], f32s=[0.5, -INF],
    f64s=[NAN, -0.0], chars=["a", "𝄞"], strings=["", "é", HARD], points=[POINT, record(x=1, y=2.0, name="")],
    deep=[[], [1, 2], [65535]], shapes=SHAPE_VALUES, options=["x", None], tuples=[(1, 2), (255, MAX64)],
    colors=["red", "dark-blue"], perms=[set(), {"read", "run"}], results=[9, "no"])
LISTS_TEXT = (
    "[1 0][0 255][-128 127][0 65535][-32768 32767][0 4294967295][-2147483648 2147483647]"
    "[0 18446744073709551615][-9223372036854775808 9223372036854775807][0.500000 -inf][nan -0.000000][97 119070]"
    f"['' 'é' '{HARD}'][{POINT_TEXT} (1 2.000000 '')][[] [1 2] [65535]]"
    f"[{SHAPE_TEXTS}]['x' none][1:2 255:18446744073709551615][0 2][0 5][9 'no']")
NO_LISTS = record(**{name: b"" if name == "bytes" else [] for name in vars(LISTS)})
ALL_FLAGS = {f"f{i}" for i in range(32)}

TABLE = [
    ("bool", True, "1"), ("bool", False, "0"),
    ("u8", 0, "0"), ("u8", 255, "255"), ("s8", -128, "-128"), ("s8", 127, "127"),
    ("u16", 65535, "65535"), ("s16", -32768, "-32768"), ("s16", 32767, "32767"),
    ("u32", 4294967295, "4294967295"), ("s32", -2147483648, "-2147483648"), ("s32", 2147483647, "2147483647"),
    ("u64", MAX64, "18446744073709551615"), ("s64", MIN63, "-9223372036854775808"),
    ("s64", MAX63, "9223372036854775807"),
    ("f32", 1.5, "1.500000"), ("f32", -0.0, "-0.000000"), ("f32", NAN, "nan"), ("f32", INF, "inf"),
    ("f64", -1.25, "-1.250000"), ("f64", -0.0, "-0.000000"), ("f64", NAN, "nan"), ("f64", -INF, "-inf"),
    ("f64", 5e-324, "0.000000"), ("f64", 1.7976931348623157e308, "huge"),
    ("char", "a", "97"), ("char", "\ud7ff", "55295"), ("char", "\ue000", "57344"), ("char", "\U0010ffff", "1114111"),
    ("string", "", "''"), ("string", HARD, f"'{HARD}'"), ("string", "long " * 2000, f"'{'long ' * 2000}'"),
    ("point", POINT, POINT_TEXT),
    *(("shape", value, text) for value, text in SHAPES),
    ("small", -3.75, "-3.750000"), ("small", 4294967295, "4294967295"),
    ("color", "red", "0"), ("color", "dark-blue", "2"),
    ("perm", set(), "0"), ("perm", {"write"}, "2"), ("perm", {"read", "write", "run"}, "7"),
    ("nine", {"a", "i"}, "257"), ("all-flags", {"f0", "f31"}, "2147483649"), ("all-flags", ALL_FLAGS, "4294967295"),
    ("many", "c0", "0"), ("many", "c256", "256"),
    ("the-pair", (200, HARD, 0.25), f"200'{HARD}'0.250000"),
    ("lists", LISTS, LISTS_TEXT), ("lists", NO_LISTS, "[]" * 21),
    ("nested", record(label=None, inner=[], last=[]), "none[][]"),
    ("nested", record(label=HARD, inner=[None, *SHAPE_VALUES], last=POINT), f"'{HARD}'[none {SHAPE_TEXTS}]{POINT_TEXT}"),
    ("nested", record(label="", inner=[], last=["a", "", HARD]), f"''[]['a' '' '{HARD}']"),
    ("opt-u8", None, "none"), ("opt-u8", 0, "0"), ("opt-u8", 255, "255"),
    ("opt-string", None, "none"), ("opt-string", "", "''"), ("opt-string", HARD, f"'{HARD}'"),
    ("opt-opt", Variant("none"), "none"), ("opt-opt", Variant("some", None), "some none"),
    ("opt-opt", Variant("some", 5), "5"),
    ("res-empty", Variant("ok"), "ok"), ("res-empty", Variant("err"), "error"),
    ("res-ok", MAX64, "18446744073709551615"), ("res-ok", None, "error"),
    ("res-err", None, "ok"), ("res-err", HARD, f"'{HARD}'"), ("res-err", "", "''"),
    ("res-both", 0.5, "0.500000"), ("res-both", "dark-blue", "2"),
    ("bytes", b"", "[]"), ("bytes", b"\x01\x02\xff", "[1 2 255]"),
]

SCALARS = (True, 255, -128, 65535, -32768, 4294967295, -2147483648, MAX64, MIN63, 0.5, -0.25, "𝄞")
SCALARS_TEXT = ("1 255 -128 65535 -32768 4294967295 -2147483648 -1 -9223372036854775808 119070 "
                "0.500000 -0.250000")
BIG = (255, 65535, 4294967295, MAX64, -128, -32768, -2147483648, MIN63, -0.5, 2.5, "🦀", True, HARD, "green",
       {"run"}, 7, 65535, POINT)
BIG_TEXT = ("255 65535 4294967295 -1 -128 -32768 -2147483648 -9223372036854775808 129408 1 1 4 7 65535 "
            f"-0.500000 2.500000'{HARD}'{POINT_TEXT}")
BIG_RECORD = record(**dict(zip("abcdefghijklmnopqr", BIG)))


def run(t, load):
    seen = []

    def see(_store, text, *values):
        seen[:] = [text, values]
        return values[0] if len(values) == 1 else values

    def see_big(_store, text, *values):
        seen[:] = [text, values]
        return record(**dict(zip("abcdefghijklmnopqr", values)))

    host = {f"see-{name}": see for name in {name for name, _, _ in TABLE} | {"scalars"}}
    host["see-big"] = see_big
    echo = load({"test:values/host": host})["test:values/echo"]

    for name, value, text in TABLE:
        label = f"{name} {text[:40]}"
        seen.clear()
        back = echo.call(f"echo-{name}", value)
        t.equal(seen[0], text, f"{label}: C sees the value")
        t.equal(seen[1][0], value, f"{label}: an import gets the value")
        t.equal(back, value, f"{label}: an export answers the value")
    back = echo.echo_scalars(*SCALARS)
    t.equal(seen, [SCALARS_TEXT, SCALARS], "twelve scalars side by side: C and the import see them")
    t.equal(back, SCALARS, "twelve scalars side by side: they come back")
    back = echo.echo_big(*BIG)
    t.equal(seen, [BIG_TEXT, BIG], "more than sixteen flat parameters: C and the import see them")
    t.equal(back, BIG_RECORD, "a big result: it comes back")
