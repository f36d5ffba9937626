# What --autodrop-borrows cannot do.
wit w.wit 'interface i { resource r; } interface j { use i.{r}; f: func(a: list<borrow<r>>); } world w { import i; export j; }'
says witgen w.wit --autodrop-borrows=yes
