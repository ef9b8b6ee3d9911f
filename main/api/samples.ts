// Router: samples.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const samplesRouter = ({ samples }: Services) => ({
  list: api.samples.list.handler(({ input }) => samples.list(input)),
  ids: api.samples.ids.handler(({ input }) => samples.ids(input)),
  get: api.samples.get.handler(({ input }) => samples.get(input)),
  counts: api.samples.counts.handler(({ input }) => samples.counts(input)),
  import: api.samples.import.handler(({ input }) => samples.import(input)),
  preview: api.samples.preview.handler(({ input }) => samples.preview(input)),
  imports: api.samples.imports.handler(({ input }) => samples.imports(input)),
  undoImport: api.samples.undoImport.handler(({ input }) => samples.undoImport(input)),
  split: api.samples.split.handler(({ input }) => samples.split(input)),
  remove: api.samples.remove.handler(({ input }) => samples.remove(input)),
  restore: api.samples.restore.handler(({ input }) => samples.restore(input)),
})
