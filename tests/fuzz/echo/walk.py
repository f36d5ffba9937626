# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""C that walks values of a Type: `put` writes one to a buffer, `get` makes one of bytes; see buffer.h, and values.py for the format.

Both are the same for guest and host, but for handles: `handle` is C for the number of what one stands for, with {} in
place of it. A named type with parts gets a function of its own; what has no name is walked in place.
"""

import os
import re


def words_of(table, file):
    text = open(os.path.join(os.path.dirname(__file__), "../../../gen/emit", file)).read()
    return set(re.findall(r'"(\w+)"', re.search(table + r"\[\] = \{(.*?)\};", text, re.S)[1]))


WORDS, MACROS = words_of("reserved_words", "names.c"), words_of("libc_macros", "names_libc.h")


def c_name(wit_name):
    """A field in C; the rule is in gen/emit/names.h, and the compiler notices when it is another."""
    name = wit_name.lower().replace("-", "_")
    return name + "_" if name in WORDS else name


def c_name_on_host(wit_name):
    """There, macros of the C library get a '_' too."""
    name = c_name(wit_name)
    return name + "_" if name in MACROS else name


class Walker:
    def __init__(self, header, verb, handle="{}.rep", name=c_name):
        self.header, self.verb, self.handle, self.name = header, verb, handle, name
        self.known, self.functions, self.depth = {}, [], 0

    def walk(self, t, e):
        """Statements for the lvalue `e`."""
        if t is None:
            return ""
        name = self._function(t)
        if name:
            return f"{name}(b, (void *)&{e});\n"
        return self._inline(t, e)

    def _function(self, t):
        if not t.origin or t.kind in ("alias", "enum", "flags", "map"):
            return None
        if t.index not in self.known:
            c_type = self.header.type_name(t.origin)
            self.known[t.index] = name = f"{self.verb}_{t.index}" if c_type else None
            if name:
                body = self._inline(t, "(*v)")
                buffer = "echo_buffer" if self.verb == "put" else "echo_reader"
                self.functions.append(f"static void {name}({buffer} *b, void *data) {{\n{c_type} *v = data;\n(void)b, (void)v;\n{body}}}\n")
        return self.known[t.index]

    def _inline(self, t, e):
        if t.kind == "alias":
            return self.walk(t.parts[0][1], e)
        if t.kind in ("list", "map", "array"):
            return self._items(t, e)
        if t.kind in ("tuple", "record"):
            return "".join(self.walk(part, f"{e}.{self.name(name) if name else f'f{n}'}") for n, (name, part) in enumerate(t.parts))
        if t.kind == "option":
            head = self._word(f"{e}.is_some", " != 0")
            return head + f"if ({e}.is_some) {{\n{self.walk(t.parts[0][1], f'{e}.val')}}}\n"
        if t.kind == "result":
            head = self._word(f"{e}.is_err", " != 0")
            arms = [self.walk(part, f"{e}.val.{name}") for name, part in t.parts]
            return head + f"if (!{e}.is_err) {{\n{arms[0]}}} else {{\n{arms[1]}}}\n"
        if t.kind == "variant":
            head = self._word(f"{e}.tag")
            cases = "".join(f"case {n}:\n{self.walk(part, f'{e}.val.{self.name(name)}')}break;\n"
                            for n, (name, part) in enumerate(t.parts) if part)
            return head + f"switch ({e}.tag) {{\n{cases}default: break;\n}}\n"
        return self._leaf(t, e)

    def _word(self, e, as_bool=""):
        """What says which part there is."""
        return {"put": f"echo_put_u32(b, {e});\n", "get": f"{e} = (__typeof__({e}))(echo_get_u32(b){as_bool});\n"}.get(self.verb, "")

    def _leaf(self, t, e):
        put = self.verb == "put"
        if t.kind == "string":
            return f"echo_put_string(b, {e}.ptr, {e}.len);\n" if put else f"{e}.ptr = echo_get_string(b, &{e}.len);\n"
        if t.kind in ("own", "borrow"):
            e = self.handle.format(e)
        kind = {"enum": "u32", "char": "u32", "own": "u32", "borrow": "u32", "flags": "u64"}.get(t.kind, t.kind)
        return f"echo_put_{kind}(b, {e});\n" if put else f"{e} = (__typeof__({e}))echo_get_{kind}(b);\n"

    def _items(self, t, e):
        n = f"n{self.depth}"
        self.depth += 1
        head, length = "", f"{e}.len"
        if t.kind == "array":
            length, item = t.count, f"{e}.f[{n}]"
        else:
            item = f"{e}.ptr[{n}]"
            head = {"put": f"echo_put_u32(b, (uint32_t){length});\n",
                    "get": f"{length} = echo_get_u32(b);\n{e}.ptr = echo_take(b, {length} * sizeof *{e}.ptr);\n"}.get(self.verb, "")
        inside = (self.walk(t.parts[0][1], f"{item}.key") + self.walk(t.parts[1][1], f"{item}.value") if t.kind == "map"
                  else self.walk(t.parts[0][1], item))
        self.depth -= 1
        return head + f"for (size_t {n} = 0; {n} < {length}; {n}++) {{\n{inside}}}\n"


class Drops(Walker):
    """Gives borrowed handles back, in guests."""

    def __init__(self, header):
        match = re.search(r"void (\w+_drop_borrow)\(", header.text)
        super().__init__(header, "drop", match and match[1])

    def _function(self, t):
        return None

    def _inline(self, t, e):
        if t.kind == "borrow":
            kind = re.search(rf"{self.handle}\((\w+) ", self.header.text)[1]
            return f"{self.handle}(({kind}){{{e}.__handle}});\n"
        if not t.has("borrow"):
            return ""
        return super()._inline(t, e)
