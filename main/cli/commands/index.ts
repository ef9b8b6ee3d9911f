// The commands by name, in the order of the help; each is loaded only when it is used.
import type { CliCommand } from '../command.ts'

export const commands = {
  new: () => import('./new.ts').then((file) => file.newCommand),
  sample: () => import('./sample.ts').then((file) => file.sampleCommand),
  import: () => import('./import.ts').then((file) => file.importCommand),
  labels: () => import('./labels.ts').then((file) => file.labelsCommand),
  split: () => import('./split.ts').then((file) => file.splitCommand),
  train: () => import('./train.ts').then((file) => file.trainCommand),
  runs: () => import('./runs.ts').then((file) => file.runsCommand),
  ensemble: () => import('./ensemble.ts').then((file) => file.ensembleCommand),
  run: () => import('./run.ts').then((file) => file.runCommand),
  baseline: () => import('./baseline.ts').then((file) => file.baselineCommand),
  eval: () => import('./eval.ts').then((file) => file.evalCommand),
  queue: () => import('./queue.ts').then((file) => file.queueCommand),
  suggest: () => import('./suggest.ts').then((file) => file.suggestCommand),
  predict: () => import('./predict.ts').then((file) => file.predictCommand),
  explain: () => import('./explain.ts').then((file) => file.explainCommand),
  export: () => import('./export.ts').then((file) => file.exportCommand),
  inspect: () => import('./inspect.ts').then((file) => file.inspectCommand),
  tasks: () => import('./tasks.ts').then((file) => file.tasksCommand),
  models: () => import('./models.ts').then((file) => file.modelsCommand),
  methods: () => import('./methods.ts').then((file) => file.methodsCommand),
  experiment: () => import('./experiment.ts').then((file) => file.experimentCommand),
  serve: () => import('./serve.ts').then((file) => file.serveCommand),
  check: () => import('./check.ts').then((file) => file.checkCommand),
} satisfies Record<string, () => Promise<CliCommand>>

export type CommandName = keyof typeof commands
