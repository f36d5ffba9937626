;; exports nothing at all
(module)
