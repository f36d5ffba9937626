# Names that the command line gives.
wit w.wit 'interface i { f: func(); } world w { import i; }'
says witgen w.wit --rename-world 1x
says witgen w.wit --rename 'a:b/i=1x'
says witgen w.wit --rename 'a:b/j=x'
says witgen w.wit --type-section-suffix 'a"b'
wit sync.wit 'world w { import read-all: async func(); export g: async func(); }'
says witgen sync.wit --sync red-all
says witgen sync.wit --sync import:g
says witgen sync.wit --sync export:read-all
says witgen sync.wit --sync nothing
