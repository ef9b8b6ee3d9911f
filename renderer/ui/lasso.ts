// A box drawn with the pointer inside a scrolled element, which scrolls on while the pointer is held at its edge.
import { ref, type Ref } from 'vue'
import { boxOf, type Box } from './grid-geometry.ts'

interface Lasso {
  /** In pixels of the whole content; null while none is drawn. */
  readonly lasso: Ref<Box | null>
  /** Whether the press that just ended drew a box, asked once: its click means nothing. */
  readonly dragged: () => boolean
  readonly press: (event: PointerEvent) => void
}

/** Pixels that a press moves before it draws, and those at the edge that scroll. */
const DRAG = 4
const EDGE = 32

/** `begin` is told at each press whether Ctrl, Meta or Shift is held; what it returns takes the box as it grows. */
export function useLasso(scroller: Readonly<Ref<HTMLElement | null>>, { begin }: { readonly begin: (add: boolean) => (box: Box) => void }): Lasso {
  const lasso = ref<Box | null>(null)
  let drawn = false

  const press = (event: PointerEvent): void => {
    const element = scroller.value
    if (!element || event.button !== 0 || event.pointerType === 'touch') return
    drawn = false
    const at = (e: PointerEvent): { x: number; y: number } => {
      const rect = element.getBoundingClientRect()
      return { x: e.clientX - rect.left, y: e.clientY - rect.top + element.scrollTop }
    }
    const start = at(event)
    if (start.x > element.clientWidth) return
    const grown = begin(event.ctrlKey || event.metaKey || event.shiftKey)
    let latest = event
    let timer: ReturnType<typeof setInterval> | undefined
    const update = (): void => {
      const box = boxOf(start, at(latest))
      lasso.value = box
      grown(box)
    }
    const scrollAtEdge = (): void => {
      const rect = element.getBoundingClientRect()
      const by = latest.clientY < rect.top + EDGE ? -EDGE / 2 : latest.clientY > rect.bottom - EDGE ? EDGE / 2 : 0
      if (by === 0) return
      element.scrollBy({ top: by })
      update()
    }
    const move = (e: PointerEvent): void => {
      latest = e
      const now = at(e)
      if (!drawn && Math.hypot(now.x - start.x, now.y - start.y) < DRAG) return
      if (!drawn) {
        drawn = true
        element.setPointerCapture(event.pointerId)
        timer = setInterval(scrollAtEdge, 30)
      }
      update()
    }
    const end = (): void => {
      clearInterval(timer)
      lasso.value = null
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', end)
      element.removeEventListener('pointercancel', end)
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', end)
    element.addEventListener('pointercancel', end)
  }
  const dragged = (): boolean => {
    const was = drawn
    drawn = false
    return was
  }
  return { lasso, dragged, press }
}
