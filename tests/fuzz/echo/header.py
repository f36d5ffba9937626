# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a generated header declares, found by the WIT names in its comments, so that no rule for C names is written twice."""

import re


class Declaration:
    """One function: returns, name, params as (type, name), and `release`: parameter or result to the function that frees it."""

    def __init__(self, text, comment=""):
        text = " ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.S).split())
        self.returns, self.name, params = re.match(r"(?:typedef )?([\w ]+[ *])\(?\*?(\w+)\)? ?\((.*)\)$", text).groups()
        self.returns = self.returns.strip()
        split = (re.match(r"(.*?)(\w+)$", p.strip()).groups() for p in params.split(",") if p.strip() != "void")
        self.params = [(kind.strip(), name) for kind, name in split]
        self.release = {name: by for name, by in re.findall(r"^ \* (\w+):.*release with (\w+)\(\)", comment, re.M)}


class Header:
    def __init__(self, text):
        self.text, self.items, self.types = text, {}, {}
        for match in re.finditer(r"/\*\*(?:[^*]|\*(?!/))*?\bwit:\s+(\w+) (\S+)\s*\*/\n", text):
            kind, name = match.groups()
            if kind in ("import", "export"):
                self.items[kind, name] = match
            else:
                self.types.setdefault(name, re.match(r"typedef (?:struct (\w+)|[\w\s*]*?(\w+);)", text[match.end():]))

    def type_name(self, origin):
        match = self.types.get(origin)
        return match and (match[1] or match[2])

    def functions(self, direction, name, count=1):
        """The function and those that belong to it, in the order of the header."""
        match = self.items[direction, name]
        texts = re.sub(r"/\*.*?\*/", "", self.text[match.end():], flags=re.S).split(";")[:count]
        return [Declaration(t, match[0]) for t in texts]

    def memory_release(self, function, name):
        """What frees a parameter or result but for handles in it, or None."""
        by = re.sub("_drop$", "_free", function.release.get(name, ""))
        return by if by.endswith("_free") and f"void {by}(" in self.text else None
