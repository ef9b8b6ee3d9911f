// useClassPositions(): the place of each class in its project, which gives its colour; the shell provides it, cells ask for it.
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

const KEY: InjectionKey<ComputedRef<ReadonlyMap<number, number>>> = Symbol('class positions')

export function provideClassPositions(positions: ComputedRef<ReadonlyMap<number, number>>): void {
  provide(KEY, positions)
}

/** By class id; empty where nobody provides it. */
export function useClassPositions(): ComputedRef<ReadonlyMap<number, number>> {
  return inject(KEY, () => computed(() => new Map<number, number>()), true)
}
