// useSamplePreviews(): what cards of built-in samples show; asked for one after the other, each once, when its card comes into view.
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { SamplePreview } from '../../../engine/contract/drawn.ts'
import { useRpc } from '../../bridge/client.ts'

export const useSamplePreviews = defineStore('sample-previews', () => {
  const rpc = useRpc()
  /** By id; null for one that cannot be made. */
  const made = shallowReactive(new Map<string, SamplePreview | null>())
  const asked = new Set<string>()
  const waiting: string[] = []
  let busy = false

  async function work(): Promise<void> {
    if (busy) return
    busy = true
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) made.set(id, await rpc.projects.samplePreview({ id }).catch(() => null))
    busy = false
  }
  function ask(id: string): void {
    if (asked.has(id)) return
    asked.add(id)
    waiting.push(id)
    void work()
  }
  return { made, ask }
})
