# Command lines that are refused.
wit w.wit 'world w {}'
says witgen
says witgen --wrold w w.wit
says witgen -q w.wit
says witgen w.wit --world
says witgen --world --check w.wit
says witgen --check=yes w.wit
says witgen --check=maybe w.wit
says witgen --out-dir= w.wit
says witgen -w w -w x w.wit
says witgen --rename a w.wit
says witgen --string-encoding utf-7 w.wit
says witgen --string-encoding utf-8 w.wit
says witgen --autodrop-borrows=1 w.wit
says witgen --host --engine v8 w.wit
says witgen --engine wasm2c w.wit
says witgen --guest-module x.wasm w.wit
says witgen --stdout --check w.wit
says witgen --stdout --object-file w.wit
says witgen --object-file --no-object-file w.wit
says witgen --async=f w.wit
