"""Writes a static library of wasm object files with the symbol index that linkers want (GNU ar cannot read wasm).

usage: archive.py LIBRARY MEMBER:SYMBOL[,SYMBOL...] ...
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import sys


def entry(name, contents):
    header = f"{name:<16}{0:<12}{0:<6}{0:<6}{644:<8}{len(contents):<10}`\n"
    return header.encode() + contents + b"\n" * (len(contents) % 2)


library, *arguments = sys.argv[1:]
members = []
for number, argument in enumerate(arguments):
    path, symbols = argument.split(":")
    members.append((entry(f"{number}.o/", open(path, "rb").read()), symbols.split(",")))

names = b"".join(symbol.encode() + b"\0" for _, symbols in members for symbol in symbols)
count = sum(len(symbols) for _, symbols in members)
index_size = 4 + 4 * count + len(names)
offset = 8 + 60 + index_size + index_size % 2
index = count.to_bytes(4, "big")
for contents, symbols in members:
    index += offset.to_bytes(4, "big") * len(symbols)
    offset += len(contents)

with open(library, "wb") as out:
    out.write(b"!<arch>\n" + entry("/", index + names) + b"".join(contents for contents, _ in members))
