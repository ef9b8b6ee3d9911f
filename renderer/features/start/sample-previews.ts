// useSamplePreviews(): what cards of built-in samples show; asked for one after the other, each once, when its card comes into view.
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { SamplePreview } from '../../../engine/contract/drawn.ts'
import { useRpc } from '../../bridge/client.ts'

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
    // Until all of those that came into view with this one have asked.
    await new Promise((resolve) => { setTimeout(resolve, 0) })
    for (let id = next(); id !== undefined; id = next()) made.set(id, await rpc.projects.samplePreview({ id }).catch(() => null))
    busy = false
  }
  function ask(id: string, rank: number): void {
    if (asked.has(id)) return
    asked.add(id)
    waiting.push({ id, rank })
    void work()
  }
  return { made, asked, ask }
})
