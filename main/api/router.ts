// The router of main/api/contract over the services, and the options with which every host makes its handler.
import { activeRouter } from './active.ts'
import { serializers } from './contract/serializers.ts'
import type { Services } from '../services/index.ts'
import { mapErrors } from './errors.ts'
import type { Host } from './host.ts'
import { api } from './implementer.ts'
import { labelsRouter } from './labels.ts'
import { projectsRouter } from './projects.ts'
import { baselineRouter, evaluateRouter, explainRouter, exportsRouter } from './results.ts'
import { runsRouter } from './runs.ts'
import { samplesRouter } from './samples.ts'
import { systemRouter } from './system.ts'

export const createRouter = (services: Services, host: Host) => api.router({
  system: systemRouter(services, host),
  projects: projectsRouter(services),
  samples: samplesRouter(services),
  labels: labelsRouter(services),
  active: activeRouter(services),
  runs: runsRouter(services),
  evaluate: evaluateRouter(services),
  baseline: baselineRouter(services),
  explain: explainRouter(services),
  exports: exportsRouter(services),
})

/** `new RPCHandler(createRouter(services, host), handlerOptions)`, over MessagePort and WebSocket alike. */
export const handlerOptions = { customJsonSerializers: serializers, clientInterceptors: [mapErrors] }
