// What recipes about audio measure on the training split: rate, length, and mean and deviation of each band.
import { features } from '../../audio/front-end.ts'
import { decodeAudio } from '../../audio/decode.ts'
import { emptyBands } from '../../audio/mel.ts'
import { place, type Anchor } from '../../audio/place.ts'
import { resample } from '../../audio/resample.ts'
import type { Sound } from '../../audio/sound.ts'
import { Program, tensor } from '../../compile/program.ts'
import { LatheError } from '../../contract/errors.ts'
import type { FrontEnd } from '../../contract/inputs/audio.ts'
import { Graph } from '../../graph/graph.ts'
import { mul, reduceMean } from '../../ops/build.ts'
import type { SourceSample, TrainingData } from '../task.ts'

/** Recordings that are looked at. */
const LOOKED_AT = 400
/** Of those, how many the mean and deviation are of. */
const MEASURED = 128
const [LEAST_RATE, MOST_RATE] = [8_000, 16_000]
/** Frames of 25 ms every 10 ms, the usual of speech. */
const [FRAME, HOP] = [0.025, 0.01]
const MELS = 40
/** The bands end here as a share of the rate: above it, resampling has begun to fade, and would tell recordings of different rates apart. */
const HIGH = 0.44

interface Heard {
  readonly front: FrontEnd
  /** Those that could be read. */
  readonly samples: readonly SourceSample[]
}

/** @param most longest stretch in seconds. Throws LatheError `data` where no recording can be read, or all are silent. */
export async function measureAudio(data: TrainingData, anchor: Anchor, most: number): Promise<Heard> {
  const read: { sample: SourceSample; sound: Sound }[] = []
  for (const sample of await data.read(LOOKED_AT)) {
    const sound = await decodeAudio(sample.bytes).catch(() => null)
    if (sound) read.push({ sample, sound })
  }
  if (read.length === 0) throw new LatheError('data', 'no recording of the training split can be read')
  if (read.every(({ sound }) => sound.samples.every((v) => v === 0))) throw new LatheError('data', 'all recordings of the training split are silent: there is nothing to learn from')
  const rate = rateOf(read.map(({ sound }) => sound.rate))
  const sounds = read.map(({ sound }) => resample(sound, rate).samples)
  const [frame, hop] = [Math.round(FRAME * rate), Math.round(HOP * rate)]
  const wanted = lengthOf(sounds.map((s) => s.length), anchor, rate)
  const samples = frame + hop * Math.ceil((Math.min(wanted, most * rate) - frame) / hop)
  const plain: FrontEnd = { rate, samples, frame, hop, fft: 2 ** Math.ceil(Math.log2(1.25 * frame)), mels: MELS, low: 60, high: Math.round(HIGH * rate), scale: 'htk', offset: 1e-6, features: 'log-mel', coefficients: 20, mean: [0], std: [1], coefficientMean: [0], coefficientStd: [1] }
  // A band narrower than the bins of the transform would take from none of them.
  while (emptyBands(plain) > 0) plain.fft *= 2
  const step = Math.max(1, sounds.length / MEASURED)
  const some = Array.from({ length: Math.min(MEASURED, sounds.length) }, (_, i) => sounds[Math.floor(i * step)] ?? new Float32Array())
  return { front: { ...plain, ...(await statistics(some, plain, anchor)) }, samples: read.map(({ sample }) => sample) }
}

/**
 * The rate that nine of ten recordings have at least: what a tenth of them lack above half of it could only tell where a recording comes from.
 * Above 16 kHz speech gains little and costs much.
 */
function rateOf(rates: readonly number[]): number {
  const low = rates.toSorted((a, b) => a - b)[Math.floor(0.1 * rates.length)] ?? MOST_RATE
  return Math.max(LEAST_RATE, Math.min(MOST_RATE, low))
}

/** Sounds as a whole: as long as nineteen of twenty, with a tenth of room to be moved in. Speech: the longest, with room for slower speakers. */
function lengthOf(lengths: readonly number[], anchor: Anchor, rate: number): number {
  const sorted = lengths.toSorted((a, b) => a - b)
  const chosen = anchor === 'start' ? 1.15 * (sorted.at(-1) ?? rate) : 1.1 * (sorted[Math.floor(0.95 * sorted.length)] ?? rate)
  return Math.max(0.3 * rate, chosen)
}

/** Mean and deviation of each band and of each coefficient, by the very nodes that the model begins with. */
async function statistics(sounds: readonly Float32Array[], front: FrontEnd, anchor: Anchor): Promise<Pick<FrontEnd, 'mean' | 'std' | 'coefficientMean' | 'coefficientStd'>> {
  const graph = new Graph('statistics of bands')
  const wave = graph.input('wave', 'float32', ['N', front.samples])
  const sums = { bands: new Sums(front.mels), coefficients: new Sums(front.coefficients) }
  for (const [name, kind] of [['bands', 'log-mel'], ['coefficients', 'mfcc']] as const) {
    const map = features(wave, { ...front, features: kind })
    graph.output(`${name} mean`, reduceMean(map, [2], false))
    graph.output(`${name} square`, reduceMean(mul(map, map), [2], false))
  }
  await using program = await Program.create(graph)
  const placed = new Float32Array(front.samples)
  for (const sound of sounds) {
    place(sound, placed, 0, front.samples, anchor)
    const out = await program.run({ wave: tensor('float32', placed, [1, front.samples]) })
    for (const [name, sum] of Object.entries(sums)) sum.add(out[`${name} mean`]?.data as Float32Array, out[`${name} square`]?.data as Float32Array)
  }
  return { mean: sums.bands.mean(), std: sums.bands.std(), coefficientMean: sums.coefficients.mean(), coefficientStd: sums.coefficients.std() }
}

const rounded = (v: number): number => Math.round(1e4 * v) / 1e4

/** Sums of the means and mean squares of recordings, each counting the same. */
class Sums {
  readonly #means: Float64Array
  readonly #squares: Float64Array
  #count = 0

  constructor(rows: number) {
    this.#means = new Float64Array(rows)
    this.#squares = new Float64Array(rows)
  }

  add(mean: Float32Array, square: Float32Array): void {
    this.#count++
    for (let r = 0; r < this.#means.length; r++) {
      this.#means[r] = (this.#means[r] ?? 0) + (mean[r] ?? 0)
      this.#squares[r] = (this.#squares[r] ?? 0) + (square[r] ?? 0)
    }
  }

  mean(): number[] {
    return Array.from(this.#means, (sum) => rounded(sum / this.#count))
  }

  /** A row that never changes would be divided by zero. */
  std(): number[] {
    return Array.from(this.#squares, (sum, r) => Math.max(0.01, rounded(Math.sqrt(Math.max(0, sum / this.#count - ((this.#means[r] ?? 0) / this.#count) ** 2)))))
  }
}
