"""A C user of everything that a generated header declares.

user.py HEADER [GLUE]: reads the header as text, prints a C file that includes one of the same name and

  * takes every function by its address with the type that the header gives it,
  * mentions every type, and every field with its type, and every macro;
  * with GLUE, the .c file beside the header: defines the functions that the glue leaves to the author.

It compiles against another header exactly if whatever is written for the first one compiles against that.
Generated headers are regular: no bit fields, no declarators in declarators but function pointers, one declarator each.
"""
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import os
import re
import sys


def without_comments(text):
    return re.sub(r'/\*.*?\*/|//[^\n]*', ' ', text, flags=re.S)


def declarations(text):
    """Top-level declarations without their end; bodies of inline functions become '{}'."""
    text = re.sub(r'extern "C" \{', '', text)
    text = re.sub(r'^#ifdef __cplusplus\s*\}?\s*#endif', '', text, flags=re.M)
    text = re.sub(r'^\s*#(?:[^\n]*\\\n)*[^\n]*', '', text, flags=re.M)
    out, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == '{') - (c == '}')
        at_end = c == ';' and depth == 0
        inline = c == '}' and depth == 0 and text[start:i].lstrip().startswith('static inline')
        if at_end or inline:
            out.append(' '.join(text[start:i + inline].split()))
            start = i + 1
    return [d for d in out if d]


def fields(body, prefix=''):
    """(path, type) of the fields of a struct; those of an inner union under its name."""
    out, depth, start = [], 0, 0
    for i, c in enumerate(body):
        depth += (c == '{') - (c == '}')
        if c != ';' or depth:
            continue
        one = re.sub(r'__attribute__\(\(.*?\)\)\)?', '', body[start:i]).strip()
        start = i + 1
        inner = re.match(r'(?:union|struct) \{(.*)\} (\w+)$', one)
        pointer = re.match(r'(.*)\(\*(\w+)\)(\(.*\))$', one)
        plain = re.match(r'(.*?[ *])(\w+)((?:\[\w+\])*)$', one)
        if inner:
            out += fields(inner[1], prefix + inner[2] + '.')
        elif pointer:
            out.append((prefix + pointer[2], f'{pointer[1]}(*){pointer[3]}'))
        elif plain:
            out.append((prefix + plain[2], plain[1] + plain[3]))
    return out


def is_internal(name):
    return '__' in name or name.endswith('_core')


def functions(header):
    for d in declarations(header):
        m = re.match(r'(?:static inline )?(.*?[ *])(\w+)\(((?:[^{}])*)\)(?: \{.*)?$', d)
        if m and not d.startswith('typedef') and '(*' not in m[1] and not is_internal(m[2]):
            yield m[2], m[1].strip(), m[3]


def authored(header, glue):
    """Functions of the header that the glue does not define."""
    for name, result, params in functions(header):
        if not re.search(rf'\b{name}\([^;{{}}]*\)\s*\{{', glue) and 'static inline' not in header.split(name)[0][-200:]:
            yield name, result, params


def uses(header):
    for d in declarations(header):
        struct = re.match(r'(?:typedef )?struct (\w+) \{(.*)\} ?(\w*)$', d)
        enum = re.match(r'typedef enum \w* ?\{(.*)\} (\w+)$', d)
        alias = re.match(r'typedef (.*?[ *])(\w+)$', d)
        if struct and not is_internal(struct[1]) and not struct[1].endswith('_instance'):
            name = struct[3] or 'struct ' + struct[1]
            for path, kind in fields(struct[2]):
                yield f'_Static_assert(__builtin_types_compatible_p(__typeof__((({name} *)0)->{path}), {kind}), "{name}.{path}");'
        elif enum:
            for n in enum[1].split(','):
                if n.strip():
                    yield f'_Static_assert({n.split("=")[0].strip()} + 1, "");'
        elif alias and not struct and not is_internal(alias[2]):
            if re.match(r'struct \w+ $', alias[1]):
                yield f'extern {alias[2]} *opaque_{alias[2]};'
            else:
                yield f'_Static_assert(__builtin_types_compatible_p({alias[2]}, {alias[1]}), "{alias[2]}");'
    for name, result, params in functions(header):
        yield f'{result} (*const use_{name})({params}) = {name};'


def user(path, glue_path=None):
    raw = open(path, encoding='utf-8').read()
    header = without_comments(raw)
    lines = [f'#include "{os.path.basename(path)}"']
    for name in re.findall(r'^#define (\w+)', header, flags=re.M):
        if not name.startswith('__'):
            lines += [f'#ifndef {name}', f'#error {name}', '#endif']
    lines += list(uses(header))
    if glue_path:
        glue = without_comments(open(glue_path, encoding='utf-8').read())
        lines += [f'{result} {name}({params}) {{ __builtin_trap(); }}' for name, result, params in authored(header, glue)]
    return '\n'.join(lines) + '\n'


if __name__ == '__main__':
    sys.stdout.write(user(*sys.argv[1:]))
