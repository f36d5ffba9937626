# --check: files that are stale, missing, left over, or in the way.
wit w.wit 'world w { import f: func(); }'
witgen w.wit --out-dir gen
wit w.wit 'world w { import g: func(); }'
says witgen w.wit --out-dir gen --check
says witgen w.wit --out-dir 'no such' --check
says env PATH=/nowhere "$(command -v witgen)" w.wit --out-dir gen --check | sed "s:$scratch/bin/::"
mkdir fake && printf '#!/bin/sh\nexit 2\n' >fake/diff && chmod 755 fake/diff
PATH=$PWD/fake:$PATH says witgen w.wit --out-dir gen --check
printf '#!/bin/sh\nkill -9 $$\n' >fake/diff
PATH=$PWD/fake:$PATH says witgen w.wit --out-dir gen --check
witgen w.wit --out-dir gen --object-file && witgen w.wit --out-dir gen
says witgen w.wit --out-dir gen --check
rm gen/w.h && mkdir gen/w.h
says witgen w.wit --out-dir gen --check
touch file
says witgen w.wit --out-dir file --check
