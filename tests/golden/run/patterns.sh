# Patterns that go too far.
wit w.wit 'world w { import f: async func(); }'
says witgen w.wit --sync '/((((((a|f)*)*)*)*)*)*(?R)?/'
