# Too little memory.
needs bash -c 'ulimit -v 60000; witgen --version'
{ echo 'package a:b; interface i {'; seq -f '  f%g: func(a: list<string>, b: option<u32>) -> result<string>;' 100 40000; echo '}'; } >large.wit
(ulimit -v 30000; says witgen --json large.wit) | cat
