// Router: what to label next, and suggestions.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const activeRouter = ({ active }: Services) => ({
  queue: api.active.queue.handler(({ input, signal }) => active.queue(input, { ...(signal && { signal }) })),
  suggest: api.active.suggest.handler(({ input, signal }) => active.suggest(input, { ...(signal && { signal }) })),
  suggestions: api.active.suggestions.handler(({ input }) => active.suggestions(input)),
  accept: api.active.accept.handler(({ input }) => active.accept(input)),
  reject: api.active.reject.handler(({ input }) => active.reject(input)),
  clear: api.active.clear.handler(({ input }) => active.clear(input)),
})
