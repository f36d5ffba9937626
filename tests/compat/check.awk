# Facts (see extract.mjs) to C that compiles only if the header declares the same.
#
#   awk -v case_number=N -v world=snake -v WORLD=SHOUTY -v header=w.h -f check.awk FACTS
#
# A facts file begins with its cases, `# N WORLD PATH OPTIONS`; every other line is MASK FACT, where bit N of the
# hexadecimal MASK says that case N has the fact. Types are compared by the compiler, so that spelling does not matter.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function hex_bit(text, bit,    digit) {
  digit = index("0123456789abcdef", substr(text, length(text) - int(bit / 4), 1)) - 1
  return digit >= 0 && int(digit / 2 ^ (bit % 4)) % 2
}

function expand(text) {
  gsub(/\$_/, world "_", text)
  gsub(/@_/, WORLD "_", text)
  return text
}

function assert(condition, what) {
  printf "_Static_assert(%s, \"%s\");\n", condition, what
}

function same_type(a, b) {
  return "__builtin_types_compatible_p(" a ", " b ")"
}

# Fields are compared one by one; their order by offsets, where members of a union share one.
function check_struct(name, fields,    n, i, list, field, type, top, last) {
  n = split(fields, list, ";")
  last = ""
  for (i = 1; i <= n; i++) {
    field = list[i]; sub(/:.*/, "", field)
    type = list[i]; sub(/[^:]*:/, "", type)
    top = field; sub(/\..*/, "", top)
    assert(same_type("__typeof__(((" name " *)0)->" field ")", type), name "." field)
    if (last != "" && top != last)
      assert("offsetof(" name ", " last ") < offsetof(" name ", " top ")", name "." top " is in its place")
    last = top
  }
}

# A macro with parameters is compared by what it makes of a number.
function check_macro(name, text,    plain, args) {
  plain = name; sub(/\(.*/, "", plain)
  args = name; sub(/^[^(]*/, "", args)
  printf "#ifndef %s\n#error \"no macro %s\"\n#endif\n", plain, plain
  printf "#define PEER_%s %s\n", name, text
  if (args == "") assert("(" plain ") == (PEER_" plain ")", plain)
  else assert(plain "(0x1234) == PEER_" plain "(0x1234)", plain)
}

function check_pipe(stem, kind, payload,    status, rest) {
  status = world "_waitable_status_t"
  rest = (payload == "" ? "" : ", " payload " *") (kind == "stream" ? ", size_t" : "")
  check("t " stem "_writer_t uint32_t")
  check("f " stem "_new " stem "_t (" stem "_writer_t *)")
  check("f " stem "_read " status " (" stem "_t" rest ")")
  if (payload != "") sub(/, /, ", const ", rest)
  check("f " stem "_write " status " (" stem "_writer_t" rest ")")
  check("f " stem "_cancel_read " status " (" stem "_t)")
  check("f " stem "_cancel_write " status " (" stem "_writer_t)")
  check("f " stem "_drop_readable void (" stem "_t)")
  check("f " stem "_drop_writable void (" stem "_writer_t)")
}

function check(fact,    kind, rest, name, value, words) {
  kind = substr(fact, 1, 1)
  rest = substr(fact, 3)
  name = rest; sub(/ .*/, "", name)
  value = substr(rest, length(name) + 2)
  if (kind == "m" && match(rest, /^[A-Za-z0-9_]+\([^)]*\)/)) {
    name = substr(rest, 1, RLENGTH)
    value = substr(rest, RLENGTH + 2)
  }
  if (kind == "f") assert(same_type("__typeof__(" name ")", value), name)
  else if (kind == "t") assert(same_type(name, value), name)
  else if (kind == "s") check_struct(name, value)
  else if (kind == "e") assert(name " == " value, name)
  else if (kind == "m") check_macro(name, value)
  else if (kind == "p") { split(value, words, " "); check_pipe(name, words[1], words[2]) }
}

# Facts that many worlds have are in a file of their own: `i FILE`.
function check_file(name,    line) {
  while ((getline line < (directory name)) > 0)
    if (line !~ /^#/) check(expand(substr(line, index(line, " ") + 1)))
  close(directory name)
}

BEGIN { printf "#include \"%s\"\n#include <stddef.h>\n#include <uchar.h>\n", header }

/^#/ { next }

hex_bit($1, case_number) {
  directory = FILENAME
  sub(/[^\/]*$/, "", directory)
  if ($2 == "i") check_file($3)
  else check(expand(substr($0, length($1) + 2)))
}
