# Files that cannot be written.
wit w.wit 'world w { import f: func(); }'
mkdir -p gen/w.c half
says witgen w.wit --out-dir gen
mkfifo half/w.h
says witgen w.wit --out-dir half
touch file
says witgen w.wit --out-dir file
says witgen w.wit --out-dir file/below
mkdir dangling && ln -s nowhere dangling/w.h
says witgen w.wit --out-dir dangling
long=$(printf '%0300d' 0)
says witgen w.wit --out-dir "$long" | sed "s/$long/LONG/"
says witgen w.wit --rename-world "w$long" | sed "s/$long/LONG/g"
(ulimit -f 0; says witgen w.wit --out-dir limited) | cat
full() { "$@" >/dev/full; }
says full witgen w.wit --stdout
says full witgen w.wit --json
