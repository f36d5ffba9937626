# Helpers for tests in shell: TAP, and a scratch directory that goes away at the end. Source it.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -u
root=$(cd "$(dirname "${BASH_SOURCE[1]}")/../.." && pwd)
witgen=${WITGEN:-$root/build/witgen}
scratch=$(mktemp -d)
trap 'chmod -R u+rwx "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
tests=0 failures=0

run() { "$witgen" "$@"; }

# check NAME COMMAND...: passes when the command succeeds; its output is shown when it does not.
check() {
  local name=$1 output
  shift
  tests=$((tests + 1))
  if output=$("$@" 2>&1); then
    echo "ok $tests - $name"
  else
    failures=$((failures + 1))
    echo "not ok $tests - $name"
    printf '%s\n' "$* failed" "$output" | sed 's/^/#   /'
  fi
}

skip() {
  tests=$((tests + 1))
  echo "ok $tests - $1 # SKIP $2"
}

# gives STATUS TEXT COMMAND...: the command ends with this status and its output holds this text.
gives() {
  local want=$1 text=$2 output status
  shift 2
  output=$("$@" 2>&1)
  status=$?
  printf '%s\n' "status $status (expected $want), output (expected to hold '$text'):" "$output"
  [ "$status" -eq "$want" ] && [[ $output == *"$text"* ]]
}

finish() {
  echo "1..$tests"
  [ "$failures" -eq 0 ]
  exit
}
