// Why a recipe is as it is: what of the data each of its settings goes back to, in sentences for people.
import type { RecipeReason } from '../../contract/commands.ts'
import type { ModelInput, TrainConfig } from '../../contract/recipe.ts'
import { taskKind } from '../../contract/task-kinds.ts'
import { bucketLengths, bucketsWorth, paddedSteps } from '../../data/buckets.ts'
import { model } from '../../models/index.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import type { TrainingData } from '../task.ts'

/** Largest over smallest class from which on classes are weighted: below it both are seen often enough. */
const IMBALANCED = 4

const count = (n: number): string => n.toLocaleString('en')
const plural = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? '' : 's'}`

interface Balance {
  readonly most: { readonly name: string; readonly samples: number }
  readonly least: { readonly name: string; readonly samples: number }
}

/** Of classes with samples; null where there are fewer than two, or labels are no single class. */
function balanceOf({ classes, counts }: Pick<TrainingData, 'classes' | 'counts'>, task: string): Balance | null {
  const { label, classes: needed } = taskKind(task)
  if (label !== 'class' || needed < 2) return null
  const known = classes.flatMap((name, i) => ((counts[i] ?? 0) > 0 ? [{ name, samples: counts[i] ?? 0 }] : [])).sort((a, b) => a.samples - b.samples)
  const [least, most] = [known[0], known.at(-1)]
  return least && most && known.length > 1 ? { least, most } : null
}

/** The recipe with weights of classes where one has many times the samples of another, and its loss can weigh them. */
export function balanced(config: TrainConfig, data: Pick<TrainingData, 'classes' | 'counts'>): TrainConfig {
  const balance = balanceOf(data, config.task)
  return config.classWeights === null && config.loss === null && balance && balance.most.samples >= IMBALANCED * balance.least.samples ? { ...config, classWeights: 'balanced' } : config
}

/** Lengths of some samples, and the recipe's full one. */
export interface Padded {
  readonly lengths: Int32Array
  readonly full: number
}

/** In the order of the work: network, input, training, data. `padded`: where batches may be padded to several lengths. */
export function recipeReasons(config: TrainConfig, data: Pick<TrainingData, 'samples' | 'classes' | 'counts' | 'height' | 'width' | 'channels'>, padded: Padded | null = null): RecipeReason[] {
  const { samples } = data
  const perEpoch = Math.max(1, Math.ceil(samples / config.batch))
  const updates = perEpoch * config.epochs
  const balance = balanceOf(data, config.task)
  const reasons: RecipeReason[] = [
    { setting: 'model', value: config.model, why: model(config.model).use || model(config.model).description },
    ...inputReasons(config.input, data),
    { setting: 'batch', value: String(config.batch), why: `${plural(samples, 'sample')} to learn from make ${plural(perEpoch, 'update')} an epoch; smaller batches would make more of them, each less sure of its way` },
    { setting: 'epochs', value: String(config.epochs), why: `${plural(updates, 'update')} in all, each sample seen ${plural(config.epochs, 'time')}: the fewer samples there are, the more often each must be seen` },
    { setting: 'lr', value: String(config.lr), why: `what ${config.optimizer} bears with this network and batches of ${config.batch}${config.schedule.includes('warmup') ? ', after a warm-up' : ''}; the schedule ${config.schedule} takes it back towards the end` },
    ...(padded && padded.lengths.length > 0 ? [bucketsReason(config.buckets, updates, padded)] : []),
    augmentReason(config, samples),
  ]
  if (balance) {
    const ratio = balance.most.samples / balance.least.samples
    const facts = `${plural(balance.least.samples, 'sample')} of '${balance.least.name}' and ${count(balance.most.samples)} of '${balance.most.name}'`
    reasons.push(config.classWeights === null
      ? { setting: 'classWeights', value: 'off', why: `between ${facts}: ${ratio < IMBALANCED ? 'near enough for every class to be seen often' : 'weights were turned off, so the rare class counts little'}` }
      : { setting: 'classWeights', value: typeof config.classWeights === 'string' ? config.classWeights : 'own', why: `${facts}: without weights the loss would hardly notice the rare class` })
  }
  if (config.averaging) reasons.push({ setting: 'averaging', value: config.averaging.kind, why: 'the mean of the weights over many updates errs less than the last of them, whose batch pulled its own way' })
  const held = [...(config.dropout > 0 ? [`dropout ${config.dropout}`] : []), ...(config.weightDecay > 0 ? [`weight decay ${config.weightDecay}`] : [])].join(', ')
  if (held !== '') reasons.push({ setting: 'regularisation', value: held, why: `${plural(samples, 'sample')} could be learned by heart: this holds the network back from it` })
  return reasons
}

function bucketsReason(buckets: number, updates: number, { lengths, full }: Padded): RecipeReason {
  const share = (of: readonly number[]): number => Math.round((100 * paddedSteps(lengths, of)) / (full * lengths.length))
  const chosen = bucketLengths(lengths, full, buckets)
  const real = Math.round((100 * lengths.reduce((sum, n) => sum + n, 0)) / (full * lengths.length))
  if (chosen.length === 1) return { setting: 'buckets', value: '1', why: `every batch is padded to ${full} tokens, of which texts fill ${real} %: ${bucketsWorth(lengths, full, updates) > 1 ? 'more lengths would spare steps of padding, where those cost time' : 'another length would spare less than it takes to compile a program for it'}` }
  return { setting: 'buckets', value: String(chosen.length), why: `batches are padded to about ${chosen.slice(0, -1).join(', ')} or ${full} tokens, as their texts need: ${share(chosen)} % of the tokens that all at ${full} would make; each length is a program to compile and keep in memory, and a batch holds texts of like length` }
}

function augmentReason({ augment, task }: TrainConfig, samples: number): RecipeReason {
  if (augment === null) return { setting: 'augment', value: 'off', why: taskKind(task).label === 'none' ? 'there is no label that could be kept' : 'no change is known here that would keep every label' }
  const names = Object.entries(augment).filter(([key, value]) => key !== 'kind' && value !== false && value !== 0).map(([key]) => key.replaceAll(/([A-Z])/g, ' $1').toLowerCase())
  return { setting: 'augment', value: names.join(', ') || 'on', why: `changes that keep the label make more of ${plural(samples, 'sample')}; flips and turns that could make another class are left out` }
}

function inputReasons(input: ModelInput, { height, width, channels }: Pick<TrainingData, 'height' | 'width' | 'channels'>): RecipeReason[] {
  switch (input.kind) {
    case 'image':
      return [{ setting: 'input', value: `${input.height} × ${input.width}, ${input.channels === 1 ? 'grey' : 'colour'}`, why: `the median picture is ${height} × ${width}, and ${channels === 1 ? 'all are grey' : 'some have colour'}${input.height * input.width < height * width ? '; larger would cost more time than it tells' : ''}` }]
    case 'text':
    case 'text-pair': {
      const tokenizer = loadTokenizer(input.tokenizer)
      return [
        { setting: 'input.length', value: `${input.length} tokens`, why: 'holds all texts but the few longest, which are cut so that the others need not wait for them' },
        { setting: 'input.tokenizer', value: `${tokenizer.kind ?? 'own'}, ${count(tokenizer.size)} tokens`, why: tokenizer.kind === 'word' ? 'words repeat, so whole words are learned' : tokenizer.kind === 'character' ? 'nothing parts the words, so characters are learned' : 'many words are met once, so parts of words are learned' },
      ]
    }
    case 'forecast':
      return [{ setting: 'input', value: `${input.context} steps back, ${input.horizon} ahead`, why: input.season > 1 ? `the series has a season of ${input.season} steps` : 'the series has no season that stands out' }]
    default:
      return []
  }
}
