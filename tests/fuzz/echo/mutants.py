# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Does the echo hear? Generated glue is changed on purpose, in all places of a kind, and some world has to notice. Prints TAP.

Each change is one that a generator could have as a mistake. The first one cancels itself out between lifting and lowering: only
the guest's own look at its values finds it.
"""

import os
import re
import sys

import run
from run import WORK, Batch, build_shared

SEEDS = [1, 2, 5, 8]

SWAPPED = """
#define withost_load_u8(p) (uint8_t)(withost_load_u8(p) ^ 1)
#define withost_store_u8(p, v) withost_store_u8(p, (uint8_t)((v) ^ 1))
"""

# what, file of the glue, pattern, replacement, whether the judge has to notice too
MUTANTS = [
    ("host: a bit is wrong on the way in and out again", "{c}_host.c", r'(#include "\w+_host\.h"\n)', r"\1" + SWAPPED, False),
    ("host: a field is loaded 4 bytes behind", "{c}_host.c", r"withost_load_(\w+)\(p \+ 8\)", r"withost_load_\1(p + 12)", False),
    ("host: a field is stored a byte behind", "{c}_host.c", r"(withost_store_\w+\(withost_at\(i, at) \+ 4\)", r"\1 + 5)", False),
    ("host: ok is err in flat arguments", "{c}_host.c", r"(\.is_err = withost_lift_case\(i, a\d+, 2\)) != 0", r"\1 == 0", False),
    ("host: a list is one shorter", "{c}_host.c", r"v->len = count;", "v->len = count ? count - 1 : 0;", False),
    ("host: half a string is copied", "{c}_host.c", r"(withost_lower_string\(i, [^,]+, [^,]+, )([^,]+\.len),", r"\1\2 / 2,", False),
    ("guest: ok is err in flat parameters", "{c}.c", r"\.is_err = (\w+_is_err)\b", r".is_err = !\1", True),
]


class Change:
    """Applies one mutant to a case; counts on disk, since batches run in processes of their own."""

    def __init__(self, name, pattern, replacement):
        self.name, self.pattern, self.replacement = name, pattern, replacement

    def __call__(self, case):
        path = os.path.join(case.directory, self.name.format(c=case.c))
        with open(path) as file:
            text, count = re.subn(self.pattern, self.replacement, file.read())
        if count:
            case.write(os.path.basename(path), text)
            case.write(f"{case.seed}.changed", "")


def main():
    build_shared()
    batches = [Batch(os.path.join(WORK, "worlds", f"mutant{n}"), SEEDS, change=Change(*mutant[1:4])) for n, mutant in enumerate(MUTANTS)]
    failed = 0
    for n, (batch, mutant) in enumerate(zip(run.run_all(batches), MUTANTS)):
        changed = [s for s in SEEDS if os.path.exists(f"{batch.directory}/{s}.changed")]
        heard = [s for s in changed if any(w.startswith("wrong") or "ended with status" in w for w in batch.wrong[s])]
        judged = [s for s in changed if any(w.startswith("judge") for w in batch.wrong[s])]
        good = heard and (judged or not mutant[4])
        failed += not good
        print(f"{'ok' if good else 'not ok'} {n + 1} - {mutant[0]}: noticed in {len(heard)} of {len(changed)} worlds"
              f"{f', by the judge in {len(judged)}' if mutant[4] else ''}", flush=True)
    print(f"1..{len(MUTANTS)}")
    sys.stdout.flush()
    os._exit(1 if failed else 0)


if __name__ == "__main__":
    main()
