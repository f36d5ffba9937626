# Which world is meant.
wit none.wit 'interface i {}'
says witgen none.wit
wit two.wit 'world w {} world x {}'
says witgen two.wit
says witgen two.wit -w y
says witgen two.wit -w ww
says witgen two.wit -w c:d/w
says witgen two.wit -w a:b/w/x
for version in 1.x 1.2 1.2.3.4 01.2.3 1.2.3- 1.2.3-01 1.2.3+a_b 99999999999999999999.0.0; do says witgen two.wit -w "a:b/w@$version"; done
printf 'package a:b@1.0.0;\nworld w {}\n' >one.wit
printf 'package a:b@2.0.0;\nworld w {}\n' >other.wit
says witgen one.wit other.wit
says witgen one.wit other.wit -w a:b/w
says witgen one.wit one.wit -w a:b/w
