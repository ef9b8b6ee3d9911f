// Study active: labels needed to reach 95 % of the accuracy with all labels, by a strategy against random; then what pseudo-labels and a frozen body give with few labels.
import { queue, overPool } from '../../../engine/active/pool.ts'
import type { TrainConfig } from '../../../engine/contract/recipe.ts'
import { Random } from '../../../engine/data/random.ts'
import { argMaxOf } from '../../../engine/metrics/predictions.ts'
import type { SourceSample } from '../../../engine/tasks/task.ts'
import { accuracy, read, reader, recipeOf, trained, unlabelled, type Data, type Weights } from './data.ts'

export interface ActiveOptions {
  readonly samples: readonly string[]
  readonly strategies: readonly string[]
  readonly seeds: readonly number[]
  readonly json: boolean
}

/** Labels at the start, and those added in a round. */
interface Rounds {
  readonly start: number
  readonly step: number
}
const ROUNDS: Readonly<Record<string, Rounds>> = { digits: { start: 40, step: 20 }, commands: { start: 60, step: 40 } }
const SHARE = 0.95
/** Labels of the studies of pseudo-labels and of frozen bodies. */
const FEW = 60
const SURE = 0.95

interface Line {
  readonly study: string
  readonly sample: string
  readonly arm: string
  readonly seed: number
  readonly [field: string]: unknown
}

export async function studyActive(options: ActiveOptions): Promise<void> {
  const lines: Line[] = []
  const tell = (line: Line): void => {
    lines.push(line)
    if (options.json) console.log(JSON.stringify(line))
    else console.error(`${line.study} ${line.sample} ${line.arm} seed ${line.seed}: ${Object.entries(line).filter(([name]) => !['study', 'sample', 'arm', 'seed', 'curve'].includes(name)).map(([name, value]) => `${name} ${typeof value === 'number' ? +value.toFixed(3) : String(value)}`).join(', ')}`)
  }
  for (const id of options.samples) {
    const data = await read(id)
    for (const seed of options.seeds) {
      const rounds = ROUNDS[id] ?? { start: 50, step: 25 }
      const full = await recipeOf(data, data.train, seed)
      const best = await accuracy(data, full, await trained(data, data.train, full))
      tell({ study: 'labels', sample: id, arm: 'all', seed, labels: data.train.length, accuracy: best })
      for (const arm of ['random', ...options.strategies]) tell({ study: 'labels', sample: id, arm, seed, ...(await labelsNeeded(data, arm, seed, best, rounds)) })
    }
  }
  if (options.samples.includes('digits')) {
    const data = await read('digits')
    for (const seed of options.seeds) {
      for (const line of await pseudoLabels(data, seed)) tell({ study: 'pseudo', sample: 'digits', seed, ...line })
      for (const line of await frozenBody(data, seed)) tell({ study: 'transfer', sample: 'digits', seed, ...line })
    }
  }
  if (!options.json) console.log(tables(lines))
}

/** Labels are added in rounds until the target is reached; those of `random` as shuffled. */
async function labelsNeeded(data: Data, by: string, seed: number, best: number, rounds: Rounds): Promise<{ labels: number; accuracy: number; curve: readonly (readonly [number, number])[] }> {
  const { start, step } = rounds
  const shuffled = new Random(seed, 'shuffle').shuffle([...data.train])
  let labelled = shuffled.slice(0, start)
  const curve: [number, number][] = []
  for (;;) {
    const config = await recipeOf(data, labelled, seed)
    const state = await trained(data, labelled, config)
    const found = await accuracy(data, config, state)
    curve.push([labelled.length, found])
    if (found >= SHARE * best || labelled.length === data.train.length) return { labels: labelled.length, accuracy: found, curve }
    const known = new Set(labelled.map((row) => row.id))
    const rest = shuffled.filter((row) => !known.has(row.id))
    if (by === 'random') labelled = [...labelled, ...rest.slice(0, step)]
    else {
      const pool = { config, classes: data.classes, weights: state.weights, samples: rest.map(unlabelled), read: reader(data.train) }
      const { items } = await queue(pool, by, labelled.map(unlabelled), step)
      const next = new Set(items.map((item) => item.sample))
      labelled = [...labelled, ...rest.filter((row) => next.has(row.id))]
    }
  }
}

/** Few labels; then the same with what the first network is sure of. */
async function pseudoLabels(data: Data, seed: number): Promise<{ arm: string; accuracy: number; [field: string]: unknown }[]> {
  const rows = some(data, seed, FEW)
  const config = await recipeOf(data, rows, seed)
  const state = await trained(data, rows, config)
  const known = new Set(rows.map((row) => row.id))
  const rest = data.train.filter((row) => !known.has(row.id))
  const said: SourceSample[] = []
  let right = 0
  await overPool({ config, classes: data.classes, weights: state.weights, samples: rest.map(unlabelled), read: reader(rest) }, false, (id, { probabilities }) => {
    const p = probabilities as Float32Array
    const at = argMaxOf(p, 0, p.length)
    const row = rest.find((one) => one.id === id)
    if (!row || (p[at] ?? 0) < SURE) return
    said.push({ ...row, class: at })
    right += Number(row.class === at)
  })
  const more = await recipeOf(data, [...rows, ...said], seed)
  return [
    { arm: `${FEW} labels`, accuracy: await accuracy(data, config, state) },
    { arm: `and pseudo-labels of at least ${SURE}`, accuracy: await accuracy(data, more, await trained(data, [...rows, ...said], more)), pseudo: said.length, right: right / Math.max(1, said.length) },
  ]
}

/** A network that has read 0 to 4 begins to read 5 to 9 from few labels. */
async function frozenBody(data: Data, seed: number): Promise<{ arm: string; accuracy: number }[]> {
  const half = (from: number): Data => {
    const mine = (row: SourceSample): boolean => row.class >= from && row.class < from + 5
    const shift = (row: SourceSample): SourceSample => ({ ...row, class: row.class - from })
    return { ...data, classes: data.classes.slice(from, from + 5), train: data.train.filter(mine).map(shift), test: data.test.filter(mine).map(shift) }
  }
  const [source, target] = [half(0), half(5)]
  const first = await recipeOf(source, source.train, seed)
  const body = await trained(source, source.train, first)
  const rows = some(target, seed, 20)
  const config = { ...(await recipeOf(target, rows, seed)), input: first.input }
  // The new head begins at random, as that of another task.
  const head = (name: string): boolean => name.startsWith('head.')
  const from = withoutHead(body, head)
  const third = Math.max(1, Math.floor(config.epochs / 4))
  const arms: readonly (readonly [string, TrainConfig, Weights | null])[] = [
    ['at random', config, null],
    ['fine-tuned whole', config, from],
    ['frozen body', { ...config, freeze: '^(?!head)' }, from],
    ['frozen body, 20 times the rate', { ...config, lr: 20 * config.lr, freeze: '^(?!head)' }, from],
    ['thawed from the head down', { ...config, freeze: '^(?!head)', unfreeze: [third, 2 * third] }, from],
  ]
  const found: { arm: string; accuracy: number }[] = []
  for (const [arm, of, start] of arms) found.push({ arm: `20 labels, ${arm}`, accuracy: await accuracy(target, of, await trained(target, rows, of, start)) })
  return found
}

function withoutHead({ parameters, weights }: { readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]; readonly weights: Float32Array }, head: (name: string) => boolean): { parameters: { name: string; shape: readonly number[] }[]; weights: Float32Array } {
  return { parameters: parameters.map(({ name, shape }) => ({ name: head(name) ? `old ${name}` : name, shape })), weights }
}

function some(data: Data, seed: number, count: number): SourceSample[] {
  return new Random(seed, 'shuffle').shuffle([...data.train]).slice(0, count)
}

function tables(lines: readonly Line[]): string {
  const groups = Map.groupBy(lines, ({ study, sample, arm }) => `${study} | ${sample} | ${arm}`)
  const mean = (of: readonly Line[], field: string): string => {
    const values = of.map((line) => line[field]).filter((value) => typeof value === 'number')
    return values.length === 0 ? '' : `${+(values.reduce((a, b) => a + b, 0) / values.length).toFixed(3)} (${values.map((value) => +value.toFixed(3)).join(', ')})`
  }
  return ['| study | sample | what | labels | test accuracy |', '|---|---|---|---|---|', ...[...groups].map(([name, of]) => `| ${name} | ${mean(of, 'labels')} | ${mean(of, 'accuracy')} |`)].join('\n')
}
