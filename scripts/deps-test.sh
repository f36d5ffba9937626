#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Installs what `make check` needs on top of `make deps`; see deps.sh.
exec "$(dirname "$0")/deps.sh" test
