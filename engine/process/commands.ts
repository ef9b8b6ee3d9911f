// Registry of the engine's commands; each is loaded when it is first called, so a process that only trains never loads an exporter.
import type { CommandName } from '../contract/commands.ts'
import type { Command } from './command.ts'

export const commands = {
  import: async () => (await import('./import.ts')).importCommand,
  preview: async () => (await import('./preview.ts')).previewCommand,
  train: async () => (await import('./train.ts')).trainCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  predict: async () => (await import('./predict.ts')).predictCommand,
  queue: async () => (await import('./queue.ts')).queueCommand,
  suggest: async () => (await import('./suggest.ts')).suggestCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  baseline: async () => (await import('./baseline.ts')).baselineCommand,
  exportBaseline: async () => (await import('./export-baseline.ts')).exportBaselineCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  openModel: async () => (await import('./open-model.ts')).openModelCommand,
  summarize: async () => (await import('./summarize.ts')).summarizeCommand,
  augment: async () => (await import('./augment.ts')).augmentCommand,
  reasons: async () => (await import('./recipe.ts')).reasonsCommand,
  recipe: async () => (await import('./recipe.ts')).recipeCommand,
  experiment: async () => (await import('./experiment.ts')).experimentCommand,
  catalog: async () => (await import('./catalog.ts')).catalogCommand,
  split: async () => (await import('./split.ts')).splitCommand,
  freeze: async () => (await import('./freeze.ts')).freezeCommand,
  undoImport: async () => (await import('./undo-import.ts')).undoImportCommand,
  samplePreview: async () => (await import('./sample-preview.ts')).samplePreviewCommand,
  sample: async () => (await import('./sample.ts')).sampleCommand,
} satisfies { [C in CommandName]: () => Promise<Command<C>> }
