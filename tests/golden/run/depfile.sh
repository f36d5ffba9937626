# What --depfile and --list-outputs cannot do.
wit w.wit 'world w { import f: func(); }'
cp w.wit 'a;b.wit' && mkdir -p 'a=b/x' && cp w.wit 'a=b/x/w.wit'
says witgen 'a;b.wit' --depfile d
says witgen w.wit --depfile d -MT $'a\nb'
says witgen 'a=b/x/w.wit' --out-dir gen --depfile d
says witgen w.wit --list-outputs --check
says witgen w.wit --list-outputs --stdout
says witgen w.wit -MT x
says witgen w.wit --stdout --depfile d
says witgen w.wit --out-dir gen --depfile gen/w.c
