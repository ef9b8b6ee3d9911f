// Routers: evaluate, baseline, explain, exports.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const evaluateRouter = ({ results }: Services) => ({
  run: api.evaluate.run.handler(({ input }) => results.evaluate(input)),
  latest: api.evaluate.latest.handler(({ input }) => results.latest(input)),
  texts: api.evaluate.texts.handler(({ input, signal }) => results.predict({ ...input, paths: [] }, { ...(signal && { signal }) })),
})
export const baselineRouter = ({ results }: Services) => ({
  run: api.baseline.run.handler(({ input, signal }) => results.baseline(input, { ...(signal && { signal }) })),
  latest: api.baseline.latest.handler(({ input }) => results.latestBaseline(input)),
  export: api.baseline.export.handler(({ input, signal }) => results.exportBaseline(input, { ...(signal && { signal }) })),
})
export const explainRouter = ({ results }: Services) => ({
  run: api.explain.run.handler(({ input, signal }) => results.explain(input, { ...(signal && { signal }) })),
})
export const exportsRouter = ({ results }: Services) => ({
  run: api.exports.run.handler(({ input }) => results.export(input)),
  list: api.exports.list.handler(({ input }) => results.exports(input)),
  inspect: api.exports.inspect.handler(({ input }) => results.inspect(input)),
})
