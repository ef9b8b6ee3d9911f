// Router: system.
import type { Services } from '../services/index.ts'
import type { Host } from './host.ts'
import { api } from './implementer.ts'
import { watch } from './watch.ts'

export const systemRouter = (services: Services, host: Host) => ({
  info: api.system.info.handler(() => host.info()),
  catalog: api.system.catalog.handler(() => services.catalog()),
  experiment: api.system.experiment.handler(({ input, signal }) => services.experiment(input, signal ? { signal } : {})),
  engine: api.system.engine.handler(() => services.engine.status),
  watch: api.system.watch.handler(({ signal }) => watch(services.events, signal ?? new AbortController().signal, [{ type: 'engine', status: services.engine.status }, ...services.jobs.list().map((job) => ({ type: 'job', job }) as const)])),
  jobs: api.system.jobs.handler(() => services.jobs.list()),
  cancelJob: api.system.cancelJob.handler(({ input }) => ({ ok: services.jobs.cancel(input.id) })),
  restartEngine: api.system.restartEngine.handler(() => services.engine.restart()),
  pick: api.system.pick.handler(({ input }) => host.pick(input)),
})
