// Router: labels.
import type { Services } from '../services/index.ts'
import { api } from './implementer.ts'

export const labelsRouter = ({ labels }: Services) => ({
  classes: api.labels.classes.handler(({ input }) => labels.classes(input)),
  addClass: api.labels.addClass.handler(({ input }) => labels.addClass(input)),
  renameClass: api.labels.renameClass.handler(({ input }) => labels.renameClass(input)),
  removeClass: api.labels.removeClass.handler(({ input }) => labels.removeClass(input)),
  moveClass: api.labels.moveClass.handler(({ input }) => labels.moveClass(input)),
  assign: api.labels.assign.handler(({ input }) => labels.assign(input)),
  set: api.labels.set.handler(({ input }) => labels.set(input)),
  undo: api.labels.undo.handler(({ input }) => labels.undo(input)),
  redo: api.labels.redo.handler(({ input }) => labels.redo(input)),
  state: api.labels.state.handler(({ input }) => labels.state(input)),
  history: api.labels.history.handler(({ input }) => labels.history(input)),
  exportCsv: api.labels.exportCsv.handler(({ input }) => labels.exportCsv(input)),
})
