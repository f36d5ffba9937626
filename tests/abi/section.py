"""Prints the contents of a module's custom section in hexadecimal; fails unless there is exactly one of that name.

usage: section.py MODULE NAME
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import sys


def leb(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def custom_sections(data):
    at = 8
    while at < len(data):
        kind = data[at]
        size, at = leb(data, at + 1)
        if kind == 0:
            length, start = leb(data, at)
            yield data[start:start + length].decode(), data[start + length:at + size]
        at += size


def main():
    module, wanted = sys.argv[1:]
    with open(module, "rb") as file:
        found = [contents for name, contents in custom_sections(file.read()) if name == wanted]
    if len(found) != 1:
        sys.exit(f"{module}: {len(found)} sections called {wanted}")
    print(found[0].hex())


if __name__ == "__main__":
    main()
