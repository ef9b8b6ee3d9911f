// lathe train FILE: a run, from the recipe of the data or going on from an earlier one.
import path from 'node:path'
import { z } from 'zod'
import type { RunRecord } from '../../../db/contract/records.ts'
import { LatheError } from '../../../engine/contract/errors.ts'
import { taskKind } from '../../../engine/contract/task-kinds.ts'
import type { TrainConfig } from '../../../engine/contract/recipe.ts'
import { tokenizerChoice, TOKENIZER_KINDS, type TokenizerChoice } from '../../../engine/contract/tokenizer.ts'
import type { Services } from '../../services/index.ts'
import type { Cli } from '../cli.ts'
import { defineCommand, positive, seed, whole } from '../command.ts'
import { bytesText, metricText, secondsText, table } from '../output.ts'
import { configured, type Choices } from '../recipe.ts'
import { TrainView } from '../train-view.ts'

const schema = z.object({
  file: z.string(),
  model: z.string().optional(),
  epochs: whole(1, 100_000).optional(),
  batch: z.union([z.literal('auto').transform(() => undefined), whole(1, 4096)], { error: 'expected a whole number from 1 to 4096, or auto' }).optional(),
  optimizer: z.string().optional(),
  lr: positive.optional(),
  seed: seed.optional(),
  set: z.array(z.string().regex(/^[\w.-]+=/, { error: 'expected key=value, such as dropout=0.2 or augment.rotate=10' })).default([]),
  name: z.string().trim().min(1, { error: 'expected a name of 1 to 200 characters' }).max(200, { error: 'expected a name of 1 to 200 characters' }).optional(),
  dry: z.boolean().default(false),
  resume: z.string().optional(),
  from: z.string().optional(),
})
type Args = z.output<typeof schema>

export const trainCommand = defineCommand({
  summary: 'train a model; Ctrl+C pauses it with a checkpoint',
  arguments: '<file>',
  options: [
    ['--model <name>', 'network; see "lathe models"; or an ONNX file to fine-tune: --set freeze=PATTERN keeps the weights of such names, --set head=NAME puts the new head there'],
    ['--epochs <n>', 'passes over the training data; with --resume, in all'],
    ['--batch <n>', 'samples a step, or auto (default)'],
    ['--optimizer <name>', 'sgd, momentum, adam …'],
    ['--lr <x>', 'learning rate'],
    ['--seed <n>', 'the same seed gives the same weights, bit for bit'],
    ['--set <key=value...>', 'any other setting of the recipe: dropout=0.2 augment=null augment.rotate=10 ensemble=3 ensemble=snapshots:5 tokenizer=bpe vocabulary=2000'],
    ['--name <name>', 'name of the run'],
    ['--dry', 'only say what would be trained, and why'],
    ['--resume <run>', 'go on with a paused, stopped, crashed or failed run, as if it had never ended'],
    ['--from <run>', 'a new run that starts from the weights of this one; --set freeze=PATTERN keeps parameters of such names, --set unfreeze=[2,4] thaws them from the head down after so many epochs'],
  ],
  schema,
  async run(args, cli) {
    const { services, project } = await cli.open(args.file)
    if (args.dry) return await dry(args, project, services, cli)
    const begin = args.resume !== undefined ? await goOn(args, args.resume, project, services, cli) : await fresh(args, project, services, cli)
    cli.signal.throwIfAborted()
    const { id } = await begin()
    const view = new TrainView(cli.out, id, services.runs.get({ project, run: id }).config.epochs)
    const unsubscribe = services.events.subscribe((event) => { if (event.type === 'train' && event.project === project && event.event.run === id) view.show(event.event) })
    const pause = (): void => { services.runs.pause({ project, run: id }).catch(() => undefined) }
    cli.signal.addEventListener('abort', pause, { once: true })
    if (cli.signal.aborted) pause()
    let run: RunRecord
    try {
      run = await services.runs.finished(project, id)
    } finally {
      unsubscribe()
      view.end()
    }
    if (run.status === 'failed' || run.status === 'crashed') throw new LatheError(run.error?.kind ?? 'engine', `run ${run.id} (${run.name}) ${run.status}: ${run.error?.message ?? 'no reason was given'}`, { ...run.error?.details, run: run.id, status: run.status })
    const { hits } = taskKind(run.config.task)
    const shown = [...(hits === null ? [] : [`best/val/${hits}`, `val/${hits}`]), 'val/loss', 'train/loss'].flatMap((name) => { const value = run.metrics[name]; return value === undefined ? [] : `${name} ${metricText(value)}` })
    cli.print(`run ${run.id} (${run.name}) ${run.status}: ${metricText(run.epoch)} epochs, ${run.step} steps, ${secondsText(run.seconds)}`, `  ${shown.join('  ')}`, `  weights ${run.weightsHash ?? ''}`)
    if (run.status === 'paused') cli.print(`  go on with: lathe train ${args.file} --resume ${run.id}`)
    return { run: run.id, status: run.status, epochs: run.epoch, steps: run.step, seconds: run.seconds, metrics: run.metrics, weightsHash: run.weightsHash, name: run.name }
  },
})

/** The recipe and its reasons, without a run. */
async function dry(args: Args, project: string, services: Services, cli: Cli): Promise<Record<string, unknown>> {
  if (args.resume !== undefined) throw new LatheError('usage', '--dry: a run that goes on keeps its recipe; see it with "lathe run"')
  const config = configured(await services.runs.recipe({ project, model: args.model ?? null, tokenizer: tokenizerOf(args) }), choices(args), await services.catalog())
  const reasons = await services.runs.reasons({ project, config })
  cli.print(...table(reasons.map(({ setting, value, why }) => [`  ${setting}`, value, why])))
  return { config, reasons }
}

/** A new run: the recipe of the data, or of the run it starts from, with what was asked for. */
async function fresh(args: Args, project: string, services: Services, cli: Cli): Promise<() => RunRecord | Promise<RunRecord>> {
  const { ready, problems, warnings } = services.runs.readiness({ project })
  if (!ready) throw new LatheError('data', problems.join(' '), { problems })
  for (const warning of warnings) cli.out.warn(warning)
  const parent = args.from === undefined ? null : await cli.run(project, args.from)
  const recipe = parent && args.model === undefined ? parent.config : isFile(args.model) ? (await services.runs.openModel({ project, path: path.resolve(args.model ?? '') })).config : await services.runs.recipe({ project, model: args.model ?? null, tokenizer: tokenizerOf(args) })
  const config = configured(recipe, choices(args), await services.catalog())
  const size = await services.runs.summarize({ project, config })
  const saved = parent === null ? [] : services.runs.checkpoints({ project, run: parent.id })
  if (parent && saved.length === 0) throw new LatheError('conflict', `run ${parent.id} (${parent.name}) is ${parent.status} and has no checkpoint to start from: train it first`, { run: parent.id })
  const each = config.ensemble ? `${config.ensemble.count} members${config.ensemble.by === 'snapshots' ? ' of one training' : ''}, each ` : ''
  cli.print(`${each}${config.model}: ${size.parameters.toLocaleString('en')} parameters (${bytesText(size.bytes)}); ${config.epochs} epochs, batch ${config.batch}, ${config.optimizer} at ${config.lr}, seed ${config.seed}`)
  return () => services.runs.start({ project, config, name: args.name, from: (saved.find((entry) => entry.kind === 'best') ?? saved[0])?.id })
}

async function goOn(args: Args, reference: string, project: string, services: Services, cli: Cli): Promise<() => RunRecord | Promise<RunRecord>> {
  const other = (['model', 'batch', 'optimizer', 'lr', 'seed', 'name', 'from'] as const).find((name) => args[name] !== undefined) ?? (args.set.length > 0 ? 'set' : null)
  if (other !== null) throw new LatheError('usage', `--${other}: cannot be changed for a run that goes on; start a new one from its weights with --from ${reference}`)
  const run = await cli.run(project, reference)
  const done = run.status === 'finished' ? Math.floor(run.epoch) : run.config.epochs
  if (args.epochs === undefined || (args.epochs === done && run.status !== 'finished')) return () => services.runs.resume({ project, run: run.id })
  const epochs = args.epochs - done
  if (epochs < 1) throw new LatheError('usage', `--epochs: run ${run.id} has ${done} epochs ${run.status === 'finished' ? 'done' : 'planned'}: expected more, found ${args.epochs}`)
  return () => services.runs.extend({ project, run: run.id, epochs })
}

const isFile = (model: string | undefined): boolean => model !== undefined && /\.onnx$/i.test(model)

/** `--set tokenizer=word` and `--set vocabulary=8000` are asked of the recipe, which trains it. @throws LatheError usage */
function tokenizerOf({ set, from, model }: Args): TokenizerChoice | undefined {
  const of = (name: string): string | undefined => set.findLast((text) => text.startsWith(`${name}=`))?.slice(name.length + 1)
  const [kind, vocabulary] = [of('tokenizer'), of('vocabulary')]
  if (kind === undefined && vocabulary === undefined) return undefined
  if (from !== undefined && model === undefined) throw new LatheError('usage', '--set tokenizer: a run that starts from the weights of another keeps its tokenizer')
  const parsed = tokenizerChoice.safeParse({ ...(kind !== undefined && { kind }), ...(vocabulary !== undefined && { size: Number(vocabulary) }) })
  if (!parsed.success) throw new LatheError('usage', `--set ${parsed.error.issues[0]?.path[0] === 'size' ? `vocabulary: expected a whole number from 16 to 100000, found ${JSON.stringify(vocabulary)}` : `tokenizer: expected ${TOKENIZER_KINDS.join(', ')}, found ${JSON.stringify(kind)}`}`)
  return parsed.data
}

function choices({ model, epochs, batch, optimizer, lr, seed: number, set: all }: Args): Choices {
  const set = all.filter((text) => !/^(tokenizer|vocabulary)=/.test(text))
  const flags: Partial<TrainConfig> = { ...(epochs !== undefined && { epochs }), ...(batch !== undefined && { batch }), ...(optimizer !== undefined && { optimizer }), ...(lr !== undefined && { lr }), ...(number !== undefined && { seed: number }) }
  return { flags, set: isFile(model) ? set.map((text) => text.replace(/^(freeze|head)=/, 'modelOptions.$1=')) : set }
}
