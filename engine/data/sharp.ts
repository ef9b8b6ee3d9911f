// sharp, loaded with the first image that needs it: what never meets one starts sooner.
import type sharp from 'sharp'

let loading: Promise<typeof sharp> | null = null

/** Many small images at once: the parallelism is over images, and caching operations would only hold memory. */
export async function loadSharp(): Promise<typeof sharp> {
  loading ??= import('sharp').then(({ default: loaded }) => {
    loaded.concurrency(1)
    loaded.cache(false)
    return loaded
  })
  return await loading
}
