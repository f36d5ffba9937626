;; Nothing, but for a component that nobody instantiates.
(component (component (import "a" (func))))
