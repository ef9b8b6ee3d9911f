// The explanation of what is chosen: asked for once, kept, the one asked for last wins.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Explanation } from '../../../engine/contract/commands.ts'
import { runId, sampleId } from '../../../engine/contract/ids.ts'
import { useRpc } from '../../bridge/client.ts'
import { asAppError, type AppError } from '../../bridge/errors.ts'
import { ExplanationCache, keyText, type ExplanationKey } from './explanation-cache.ts'

/** Stepping through samples faster than this (ms) asks only for the one where it stops. */
const QUIET = 60

export interface Explained {
  readonly explanation: Readonly<ShallowRef<Explanation | null>>
  readonly busy: Readonly<Ref<boolean>>
  readonly error: ShallowRef<AppError | null>
  readonly retry: () => void
}

export function useExplanation(project: string, key: Ref<ExplanationKey | null>): Explained {
  const rpc = useRpc()
  const cache = new ExplanationCache()
  const explanation = shallowRef<Explanation | null>(null)
  const busy = ref(false)
  const error = shallowRef<AppError | null>(null)
  let controller: AbortController | null = null
  let last: ExplanationKey | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (wanted: ExplanationKey): Promise<void> => {
    const own = (controller = new AbortController())
    try {
      const made = await rpc.explain.run({ project, run: runId.parse(wanted.run), sample: sampleId.parse(wanted.sample), method: wanted.method, target: wanted.target, options: {} }, { signal: own.signal })
      cache.set(wanted, made)
      if (controller === own) explanation.value = made
    } catch (failure) {
      if (controller === own) error.value = asAppError(failure)
    } finally {
      if (controller === own) busy.value = false
    }
  }
  const turn = (now: ExplanationKey | null, before: ExplanationKey | null): void => {
    clearTimeout(timer)
    controller?.abort()
    controller = null
    error.value = null
    const kept = now && cache.get(now)
    if (!now || kept) {
      explanation.value = kept ?? null
      busy.value = false
      return
    }
    // A map of another sample must not lie over this one.
    if (now.sample !== before?.sample || now.run !== before.run) explanation.value = null
    busy.value = true
    timer = setTimeout(() => { void ask(now) }, QUIET)
  }
  watch(() => (key.value ? keyText(key.value) : ''), () => {
    const before = last
    last = key.value
    turn(last, before)
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    controller?.abort()
    controller = null
  })

  return { explanation, busy, error, retry: () => { turn(key.value, null) } }
}
