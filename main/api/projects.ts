// Router: projects.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const projectsRouter = ({ projects }: Services) => ({
  recent: api.projects.recent.handler(() => projects.recent()),
  forget: api.projects.forget.handler(({ input }) => projects.forget(input)),
  create: api.projects.create.handler(({ input }) => projects.create(input)),
  fromSample: api.projects.fromSample.handler(({ input, signal }) => projects.fromSample(input, { ...(signal && { signal }) })),
  samplePreview: api.projects.samplePreview.handler(({ input }) => projects.samplePreview(input)),
  open: api.projects.open.handler(({ input }) => projects.open(input)),
  info: api.projects.info.handler(({ input }) => projects.info(input)),
  close: api.projects.close.handler(({ input }) => projects.close(input)),
  check: api.projects.check.handler(({ input }) => projects.check(input)),
})
