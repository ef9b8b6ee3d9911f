// useSampleKind(): what a sample of the open project is and how it is labelled; the shell provides it, pieces ask for it.
import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import { taskKind, type TaskKind } from '../../engine/contract/task-kinds.ts'

const KEY: InjectionKey<ComputedRef<TaskKind>> = Symbol('sample kind')

export function provideSampleKind(kind: ComputedRef<TaskKind>): void {
  provide(KEY, kind)
}

/** Pictures with one class where nobody provides it. */
export function useSampleKind(): ComputedRef<TaskKind> {
  return inject(KEY, () => computed(() => taskKind('image-classification')), true)
}
