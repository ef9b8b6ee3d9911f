// useSamplePreviews(): what cards of built-in samples show; asked for one after the other, each once, while its card is in view.
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { SamplePreview } from '../../../engine/contract/drawn.ts'
import { useRpc } from '../../bridge/client.ts'

/** Milliseconds on the page before the first is asked for: who only passes through does not start the engine. */
const PAUSE = 300

export const useSamplePreviews = defineStore('sample-previews', () => {
  const rpc = useRpc()
  /** By id; null for one that cannot be made. */
  const made = shallowReactive(new Map<string, SamplePreview | null>())
  const asked = shallowReactive(new Set<string>())
  const waiting: { readonly id: string; readonly rank: number }[] = []
  let busy = false

  /** The first on the page first: cards come into view together, in no order. */
  function next(): string | undefined {
    const first = waiting.reduce((best, one, i) => (one.rank < (waiting[best]?.rank ?? Infinity) ? i : best), 0)
    return waiting.splice(first, 1)[0]?.id
  }
  async function work(): Promise<void> {
    if (busy) return
    busy = true
    // By then all of those that came into view with this one have asked, too.
    await new Promise((resolve) => { setTimeout(resolve, PAUSE) })
    for (let id = next(); id !== undefined; id = next()) made.set(id, await rpc.projects.samplePreview({ id }).catch(() => null))
    busy = false
  }
  function ask(id: string, rank: number): void {
    if (asked.has(id)) return
    asked.add(id)
    waiting.push({ id, rank })
    void work()
  }
  /** Its card is gone: what has not been begun is not made. */
  function leave(id: string): void {
    const at = waiting.findIndex((one) => one.id === id)
    if (at < 0) return
    waiting.splice(at, 1)
    asked.delete(id)
  }
  return { made, asked, ask, leave }
})
