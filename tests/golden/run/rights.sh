# Files that somebody else owns.
needs as_user witgen --version
wit w.wit 'world w { import f: func(); }'
wit x.wit 'world w { import g: func(); }'
mkdir locked guarded && chmod 555 locked && witgen w.wit --out-dir guarded && chmod 444 guarded/* && chmod 777 guarded
says as_user witgen w.wit --out-dir locked
says as_user witgen x.wit --out-dir guarded
chmod 000 guarded/w.h
says as_user witgen w.wit --out-dir guarded --check
chmod 000 w.wit
says as_user witgen w.wit --out-dir locked
mkdir shut && chmod 000 shut
says as_user witgen shut
