(module (import "$root" "log" (memory 1)))
