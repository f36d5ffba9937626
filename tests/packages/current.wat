;; Today's binary form of the package in current.wit: each interface and world is a component type of its own, which
;; repeats what it needs of the others; docs and stability are in a custom section.
(component
  (type (component
      (type (instance
          (type (record (field "x" s32) (field "y" s32)))
          (export "point" (type (eq 0)))
          (type (list 1))
          (export "points" (type (eq 2)))
          (export "canvas" (type (sub resource)))
          (type (own 4))
          (type (func (param "size" 1) (result 5)))
          (export "[constructor]canvas" (func (type 6)))
          (type (borrow 4))
          (type (result (error string)))
          (type (func async (param "self" 7) (param "what" 3) (result 8)))
          (export "[method]canvas.draw" (func (type 9)))
          (type (func (param "self" 7) (result u32)))
          (export "[method][get]canvas.width" (func (type 10)))))
      (export "test:packages/types@1.2.0" (instance (type 0)))))
  (export "types" (type 0))
  (type (component
      (type (instance
          (type (record (field "x" s32) (field "y" s32)))
          (export "point" (type (eq 0)))
          (type (list 1))
          (export "points" (type (eq 2)))
          (export "canvas" (type (sub resource)))))
      (import "test:packages/types@1.2.0" (instance (type 0)))
      (alias export 0 "point" (type))
      (alias export 0 "canvas" (type))
      (type (instance
          (alias outer 1 1 (type))
          (export "point" (type (eq 0)))
          (alias outer 1 2 (type))
          (export "surface" (type (eq 2)))
          (type (borrow 3))
          (type (stream u8))
          (type (func (param "on" 4) (param "at" 1) (result 5)))
          (export "render" (func (type 6)))))
      (export "test:packages/shapes@1.2.0" (instance (type 3)))))
  (export "shapes" (type 2))
  (type (component
      (type (component
          (type (instance
              (type (record (field "x" s32) (field "y" s32)))
              (export "point" (type (eq 0)))
              (type (list 1))
              (export "points" (type (eq 2)))
              (export "canvas" (type (sub resource)))
              (type (own 4))
              (type (func (param "size" 1) (result 5)))
              (export "[constructor]canvas" (func (type 6)))
              (type (borrow 4))
              (type (result (error string)))
              (type (func async (param "self" 7) (param "what" 3) (result 8)))
              (export "[method]canvas.draw" (func (type 9)))
              (type (func (param "self" 7) (result u32)))
              (export "[method][get]canvas.width" (func (type 10)))))
          (import "test:packages/types@1.2.0" (instance (type 0)))
          (alias export 0 "point" (type))
          (alias export 0 "canvas" (type))
          (type (instance
              (alias outer 1 1 (type))
              (export "point" (type (eq 0)))
              (alias outer 1 2 (type))
              (export "surface" (type (eq 2)))
              (type (borrow 3))
              (type (stream u8))
              (type (func (param "on" 4) (param "at" 1) (result 5)))
              (export "render" (func (type 6)))))
          (import "test:packages/shapes@1.2.0" (instance (type 3)))
          (type (instance
              (alias outer 1 1 (type))
              (export "point" (type (eq 0)))
              (alias outer 1 2 (type))
              (export "surface" (type (eq 2)))
              (type (borrow 3))
              (type (stream u8))
              (type (func (param "on" 4) (param "at" 1) (result 5)))
              (export "render" (func (type 6)))))
          (import "mirror" (implements "test:packages/shapes@1.2.0") (external-id "mirror/1") (instance (type 4)))
          (type (instance
              (type (func (param "text" string)))
              (export "write" (func (type 0)))))
          (import "log" (instance (type 5)))
          (import "point" (type (eq 1)))
          (type (future))
          (type (option 7))
          (type (func async (param "at" 6) (result 8)))
          (export "paint" (func (type 9)))))
      (export "test:packages/painter@1.2.0" (component (type 0)))))
  (export "painter" (type 4))
  (@custom "package-docs" "\01{"
    "\22docs\22:\22A package with a bit of everything.\22,"
    "\22worlds\22:{\22painter\22:{\22func_exports\22:{\22paint\22:{\22docs\22:\22Paints.\22}}}},"
    "\22interfaces\22:{"
    "\22types\22:{\22docs\22:\22Shared types.\22,"
    "\22stability\22:{\22stable\22:{\22since\22:\221.0.0\22}},"
    "\22funcs\22:{\22[method]canvas.draw\22:{\22docs\22:\22Draws.\22}},"
    "\22types\22:{\22point\22:{\22docs\22:\22A record.\22,\22items\22:{\22x\22:\22Across.\22}}}},"
    "\22shapes\22:{\22funcs\22:{\22render\22:{\22stability\22:{\22unstable\22:{\22feature\22:\22fancy\22}}}}}"
    "}}")
)
