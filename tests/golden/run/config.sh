# witgen.yaml: what its own goldens (tests/cli/config) do not say, as it takes a command line, WIT, or a large file
wit w.wit 'world w { import f: func(); }'
wit bad.wit 'world { }'
says witgen --target a w.wit
says witgen --config nix.yaml
printf 'host: no\n' >no.yaml
says witgen --config no.yaml
printf 'wit: w.wit\ntargets: {guest: {out-dir: a}, host: {host: true, out-dir: b}}\n' >witgen.yaml
says witgen --target gest --target x
printf 'wit: w.wit\ntargets: [{name: a, world: nix}, {world: nax}, {wit: bad.wit}]\n' >wrong.yaml
says witgen --config wrong.yaml
printf 'wit: w.wit\ntargets: [{name: a}, {name: b}]\n' >twice.yaml
says witgen --config twice.yaml
head -c 2000000 /dev/zero | tr '\0' '#' >large.yaml
says witgen --config large.yaml | cut -c1-200
printf 'wit: "%0100000d"\n' 7 >long.yaml
says witgen --config long.yaml | cut -c1-200
says witgen w.wit --print-config --out-dir $'\xff'
printf 'wit: w.wit\nworld: w\ncheck: true\n' >check.yaml
says witgen --config check.yaml
printf 'wit: w.wit\nworld: nix\n' >world.yaml
says witgen --config world.yaml
printf 'wit: w.wit\nsync: nix\nrename: {"/(/": x}\n' >places.yaml
says witgen --config places.yaml
printf 'wit: w.wit\nasync: [-nix]\n' >async.yaml
says witgen --config async.yaml
{ echo 'targets:'; yes -- '- {}' | head -n 10001; } >many.yaml
says witgen --config many.yaml
