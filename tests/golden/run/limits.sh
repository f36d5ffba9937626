# What components have limits for.
list() { seq -f "$1" -s ', ' "$2"; }
wit params.wit "interface i { f: func($(list 'p%g: u8' 1001)); }"
wit tuple.wit "interface i { type t = tuple<$(seq 10001 | sed 's/.*/u8/' | paste -sd,)>; }"
wit deep.wit "interface i { type t0 = u8; $(for n in $(seq 30); do echo "type t$n = list<list<list<list<t$((n - 1))>>>>;"; done) }"
wit weight.wit "interface i { record t0 { a: u8, b: u8 } $(for n in $(seq 30); do echo "record t$n { a: t$((n - 1)), b: t$((n - 1)) }"; done) }"
wit variants.wit "interface i { variant v0 { $(list 'a%g' 10) } $(for n in $(seq 5); do echo "variant v$n { $(list "a%g(v$((n - 1)))" 10) }"; done) f: func(a: v5); }
world w { import i; }"
for file in params tuple deep weight variants; do says witgen $file.wit; done
