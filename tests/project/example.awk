# Example n of a manual page: awk -v n=1 -f example.awk PAGE
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/^\.EX/ { inside = ++count == n; next }
/^\.EE/ { inside = 0 }
inside { gsub(/\\-/, "-"); gsub(/\\e/, "\\"); print }
