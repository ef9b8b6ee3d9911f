// ready(): the models of a baseline one after another, with progress, a way to stop, and the time each takes.
import type { BaselineRequest } from './baseline.ts'

interface Ready<M> {
  readonly model: M
  /** Since its turn began. */
  readonly seconds: () => number
}

export async function* ready<M extends { readonly name: string; readonly title: string }>(models: readonly M[], { only, signal, onProgress }: Pick<BaselineRequest, 'only' | 'signal' | 'onProgress'>): AsyncGenerator<Ready<M>> {
  const chosen = models.filter(({ name }) => only === undefined || only === name)
  for (const [i, model] of chosen.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ done: i, total: chosen.length, stage: model.title.toLowerCase() })
    // Lets the process hear that it is to stop.
    await new Promise((resolve) => setImmediate(resolve))
    const began = performance.now()
    yield { model, seconds: () => (performance.now() - began) / 1000 }
  }
}
