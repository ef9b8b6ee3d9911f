// useSampleSound(): the samples of a recording, decoded by the browser when it is shown.
import { shallowRef, watch, type Ref } from 'vue'
import { useSampleBytes } from './sample-bytes.ts'

export interface ShownSound {
  readonly seconds: number
  /** Mean of the channels, full scale −1 to 1. */
  readonly samples: Float32Array
}

/** Enough for a picture; the sound that is heard comes from the file itself. */
const RATE = 16_000

export function useSampleSound(project: () => string, id: () => number): { readonly sound: Ref<ShownSound | null> } {
  const { bytes } = useSampleBytes(project, id)
  const sound = shallowRef<ShownSound | null>(null)
  watch(bytes, async (found) => {
    sound.value = null
    if (!found) return
    const decoded = await decode(found)
    if (bytes.value === found) sound.value = decoded
  }, { immediate: true })
  return { sound }
}

/** Null where the browser cannot decode it. */
async function decode(bytes: Uint8Array): Promise<ShownSound | null> {
  try {
    const buffer = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(Uint8Array.from(bytes).buffer)
    const samples = new Float32Array(buffer.length)
    for (let c = 0; c < buffer.numberOfChannels; c++) {
      const channel = buffer.getChannelData(c)
      for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) + (channel[i] ?? 0) / buffer.numberOfChannels
    }
    return { seconds: buffer.duration, samples }
  } catch {
    return null
  }
}
