# Directories where others own the files.
needs test "$(id -u)" = 0
needs as_user witgen --version
wit w.wit 'world w { import f: func(); }'
wit x.wit 'world w { import g: func(); }'
mkdir sticky && witgen w.wit --out-dir sticky && chmod 666 sticky/* && chmod 1777 sticky
says as_user witgen x.wit --out-dir sticky
mkdir theirs && witgen w.wit --out-dir theirs --depfile theirs/d && chmod 777 theirs
says as_user witgen w.wit --out-dir theirs --depfile theirs/d
