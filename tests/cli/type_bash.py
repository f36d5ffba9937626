#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""type_bash.py FILE KEYS: types `witgen KEYS` and Return at an interactive bash that has sourced FILE, where witgen prints its arguments, one a
line. Prints those."""
import os
import pty
import subprocess
import sys

terminal, slave = pty.openpty()
start = f'source {sys.argv[1]}; witgen() {{ printf "%s\\n" "$@" >&3; exit; }}; bind "set bell-style none"; PS1=\n'
reader, writer = os.pipe()
shell = subprocess.Popen(['bash', '-c', f'exec 3>&{writer}; exec bash --norc --noprofile -i'], stdin=slave, stdout=slave, stderr=slave,
                         pass_fds=[writer], start_new_session=True, env={**os.environ, 'TERM': 'dumb', 'INPUTRC': '/dev/null'})
os.close(slave)
os.close(writer)
os.write(terminal, (start + 'witgen ' + sys.argv[2] + '\n').encode())
try:
    while os.read(terminal, 4096):  # what it echoes; the end is an error
        pass
except OSError:
    pass
shell.wait()
sys.stdout.write(os.read(reader, 65536).decode())
