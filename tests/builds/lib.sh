# Helpers for tests of builds: one project, what a build tool starts in it, and ten steps that are the same for all tools. Source it.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# The project (tests/builds/project) has two worlds: `service` in wit/, with a dependency, and `clock` in clock-wit/. A
# build finds `witgen` and the compilers on PATH, where they are scripts that note what they are asked for in $log.
. "$(dirname "$0")/../cli/tap.sh"
page=$root/docs/builds.md
log=$scratch/log
unset MAKEFLAGS MFLAGS MAKELEVEL

mkdir "$scratch/bin"
real_clang=$(command -v "${CLANG:-clang}") real_cc=$(command -v "${CC:-cc}")
cat >"$scratch/bin/witgen" <<X
#!/bin/bash
# the path stands first, or ends with "wit"
path=\$1
for word; do case \$word in *--list-outputs*) exec "$witgen" "\$@";; *wit) path=\$word;; esac; done
echo "witgen \${path##*/}" >>"$log"
exec "$witgen" "\$@"
X
# note_compiler NAME REAL: the name of the C file, when it compiles one
note_compiler() {
  cat >"$scratch/bin/$1" <<X
#!/bin/bash
for word; do case \$word in -c) compiles=1;; *.c) file=\$word;; esac; done
[ -z "\${compiles-}" ] || [[ \$file == *CMakeCCompiler* ]] || echo "cc \${file##*/}" >>"$log"
exec "$2" "\$@"
X
}
note_compiler clang "$real_clang"
note_compiler cc "$real_cc"
chmod +x "$scratch"/bin/*
export PATH=$scratch/bin:$PATH

# block LANGUAGE N: block N of that language in docs/builds.md
block() {
  awk -v kind="$1" -v wanted="$2" '/^```/ { if (inside) inside = 0; else inside = substr($0, 4) == kind && ++count == wanted; next } inside' "$page" | grep . ||
    { echo "no block $1 $2 in docs/builds.md" >&2; return 1; }
}

# for_clock: the same excerpt for the other world, in an out directory of its own
for_clock() { sed 's/\(^\|[^.]\)\<wit\>/\1clock-wit/g; s/\<gen\>/clock-gen/g; s/-Igen/-Iclock-gen/g; s/service/clock/g; s/\<guest\>/clock_guest/g'; }

# new_project DIRECTORY: a copy, and there we are
new_project() {
  rm -rf "${scratch:?}/$1" && mkdir -p "$scratch/$1" && cp -R "$root"/tests/builds/project/. "$scratch/$1" && cd "$scratch/$1" || exit 1
}

# newer FILE...: newer than anything in the project, for certain
newer() {
  local newest
  newest=$(find "$scratch" -printf '%T@ %p\n' | sort -rn | sed -n '1s/^[^ ]* //p')
  touch -r "$newest" "$scratch/newest"
  for file; do until [ "$file" -nt "$scratch/newest" ]; do touch "$file"; done; done
}

# starts WHAT COMMAND...: the command succeeds, and has started just this, in any order
starts() {
  local expected=$1
  shift
  : >"$log"
  "$@" >"$scratch/output" 2>&1 || { cat "$scratch/output" && return 1; }
  diff <(printf '%s\n' "$expected" | tr ',' '\n' | sed 's/^ //' | grep . | sort) <(sort "$log") >"$scratch/difference" ||
    { echo "< expected, > started:" && cat "$scratch/difference" "$scratch/output" && return 1; }
}

# ten_steps TOOL COMMAND...: the build with this command in the current directory, which has a fresh project. $service_cc and $clock_cc are
# the files that the worlds' texts reach.
ten_steps() {
  local tool=$1
  shift
  check "$tool: the first build makes everything" starts "witgen wit, witgen clock-wit, $service_cc, $clock_cc" "$@"
  check "$tool: the second does nothing" starts "" "$@"
  newer wit/service.wit
  check "$tool: a WIT file is touched: its world only, and no compiler" starts "witgen wit" "$@"
  check "$tool: after that, nothing" starts "" "$@"
  echo '// a comment' >>wit/service.wit && newer wit/service.wit
  check "$tool: a comment: no compiler" starts "witgen wit" "$@"
  check "$tool: after that, nothing" starts "" "$@"
  sed -i 's/^world service {/&\n  import tick: func();/' wit/service.wit && newer wit/service.wit
  check "$tool: a new function: all that includes its header, and nothing else" starts "witgen wit, $service_cc" "$@"
  newer clock-wit/clock.wit
  check "$tool: the other world" starts "witgen clock-wit" "$@"
  mkdir wit/deps/new && echo 'package demo:new;' >wit/deps/new/new.wit && newer wit/deps/new/new.wit wit/deps/new wit/deps
  check "$tool: a package more in deps/: read, but it means nothing here" starts "witgen wit" "$@"
  echo 'interface i { f: func(); }' >>wit/deps/new/new.wit && newer wit/deps/new/new.wit
  check "$tool: and its file counts from now on" starts "witgen wit" "$@"
  sed -i 's/text: string/text: string, level: u32/' wit/deps/log/log.wit && newer wit/deps/log/log.wit
  sed -i 's/log_line(name)/log_line(name, 1)/' guest.c && newer guest.c
  check "$tool: a dependency changes: what depends on it" starts "witgen wit, $service_cc" "$@"
  rm -r wit/deps/new && newer wit/deps
  check "$tool: a package goes" starts "witgen wit" "$@"
  check "$tool: at the end, nothing" starts "" "$@"
}

# with_level FILE: a host for the dependency as ten_steps leaves it
with_level() { sed -i 's/service_string_t text/&, uint32_t level/; s/(void)call/&, (void)level/' "$1"; }

service_cc="cc service.c, cc guest.c"
clock_cc="cc clock.c, cc clock_guest.c"

# without_places FILE...: no absolute path, and none of this machine
without_places() {
  ls "$@" >/dev/null && ! grep -aHnE "$scratch|$root|$HOME/|(^|[[:space:]\"'<])/(tmp|home|work|root|usr|build|builds|etc|var)/" "$@"
}
