// Router: runs.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const runsRouter = ({ runs }: Services) => ({
  recipe: api.runs.recipe.handler(({ input }) => runs.recipe(input)),
  reasons: api.runs.reasons.handler(({ input }) => runs.reasons(input)),
  openModel: api.runs.openModel.handler(({ input }) => runs.openModel(input)),
  summarize: api.runs.summarize.handler(({ input }) => runs.summarize(input)),
  augment: api.runs.augment.handler(({ input }) => runs.augment(input)),
  readiness: api.runs.readiness.handler(({ input }) => runs.readiness(input)),
  list: api.runs.list.handler(({ input }) => runs.list(input)),
  get: api.runs.get.handler(({ input }) => runs.get(input)),
  start: api.runs.start.handler(({ input }) => runs.start(input)),
  combine: api.runs.combine.handler(({ input }) => runs.combine(input)),
  resume: api.runs.resume.handler(({ input }) => runs.resume(input)),
  extend: api.runs.extend.handler(({ input }) => runs.extend(input)),
  pause: api.runs.pause.handler(({ input }) => runs.pause(input)),
  stop: api.runs.stop.handler(({ input }) => runs.stop(input)),
  rename: api.runs.rename.handler(({ input }) => runs.rename(input)),
  remove: api.runs.remove.handler(({ input }) => runs.remove(input)),
  metrics: api.runs.metrics.handler(({ input }) => runs.metrics(input)),
  checkpoints: api.runs.checkpoints.handler(({ input }) => runs.checkpoints(input)),
})
