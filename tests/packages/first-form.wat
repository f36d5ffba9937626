;; The first binary form of WIT packages: one component type, exported as "ns:pkg/wit", holds all items. What was
;; exported is seen by what follows under its index.
(component
  (type (component
    (type (instance
      (type (record (field "left" u8) (field "right" string)))
      (export "pair" (type (eq 0)))
    ))
    (export "test:first/types@0.1.0" (instance (type 0)))
    (alias export 0 "pair" (type))
    (type (instance
      (alias outer 1 1 (type))
      (export "pair" (type (eq 0)))
      (type (func (param "what" 1) (result 1)))
      (export "swap" (func (type 2)))
    ))
    (export "test:first/swapping@0.1.0" (instance (type 2)))
    (type (component
      (type (instance
        (type (record (field "left" u8) (field "right" string)))
        (export "pair" (type (eq 0)))
      ))
      (import "test:first/types@0.1.0" (instance (type 0)))
      (type (func (result u32)))
      (export "count" (func (type 1)))
      (alias export 0 "pair" (type))
      (type (instance
        (alias outer 1 2 (type))
        (export "pair" (type (eq 0)))
        (type (func (param "what" 1) (result 1)))
        (export "swap" (func (type 2)))
      ))
      (export "test:first/swapping@0.1.0" (instance (type 3)))
    ))
    (export "test:first/swapper@0.1.0" (component (type 3)))
  ))
  (export "test:first/wit@0.1.0" (type 0))
)
