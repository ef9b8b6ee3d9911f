// useSampleBytes(): the bytes of a sample, read again when another is shown; none of null.
import { ref, shallowRef, watch, type Ref } from 'vue'
import { sampleUrl } from './media.ts'

export interface SampleBytes {
  readonly bytes: Ref<Uint8Array | null>
  readonly failed: Ref<boolean>
}

export function useSampleBytes(project: () => string, id: () => number | null): SampleBytes {
  const bytes = shallowRef<Uint8Array | null>(null)
  const failed = ref(false)
  watch([project, id], async ([path, sample], _before, onCleanup) => {
    const abort = new AbortController()
    onCleanup(() => { abort.abort() })
    bytes.value = null
    failed.value = false
    if (sample === null) return
    try {
      const response = await fetch(sampleUrl(path, sample), { signal: abort.signal })
      if (!response.ok) throw new Error(response.statusText)
      bytes.value = new Uint8Array(await response.arrayBuffer())
    } catch {
      if (!abort.signal.aborted) failed.value = true
    }
  }, { immediate: true })
  return { bytes, failed }
}

/** As UTF-8 text. */
export const textOf = (bytes: Uint8Array | null): string => (bytes === null ? '' : new TextDecoder().decode(bytes))
