// Sample `sensors`: windows of four sensors on a pump, normal or with one of six faults, drawn by formulas from a seed.
import { Random } from '../../data/random.ts'
import type { NewSample } from '../../data/new-sample.ts'
import { jsonSample } from '../json-sample.ts'
import type { BuiltInSample } from '../sample.ts'

const SEED = 20_261
const STEPS = 128
const RATE = 32
const CHANNELS = ['vibration', 'current', 'pressure', 'temperature'] as const
const COUNTS = { train: [900, 0], val: [150, 90], test: [300, 180] } as const
const TAU = 2 * Math.PI

interface Window {
  /** Channel by channel. */
  readonly values: number[][]
  readonly fault: string | null
}

/** The pump at work: its speed sets the vibration, its load the current and the pressure, both slowly the temperature. */
function normal(random: Random): number[][] {
  const speed = 2.2 + 0.8 * random.uniform()
  const [phase, loadPhase] = [random.uniform(), random.uniform()]
  const swing = 0.2 + 0.3 * random.uniform()
  const warm = random.normal() * 0.3
  const noise = (size: number): number => size * random.normal()
  const values: number[][] = CHANNELS.map(() => [])
  let temperature = warm
  for (let i = 0; i < STEPS; i++) {
    const t = i / RATE
    const load = 1 + swing * Math.sin(TAU * (0.25 * t + loadPhase))
    const turn = TAU * (speed * t + phase)
    temperature += 0.004 * (load - 1) - 0.002 * temperature
    const row = [
      load * (Math.sin(turn) + 0.35 * Math.sin(2 * turn + 0.6)) + noise(0.12),
      2 * load + 0.25 * Math.sin(turn + 0.9) + noise(0.07),
      1.5 * load - 0.3 * Math.cos(turn) + noise(0.07),
      20 + 3 * temperature + 0.3 * load + noise(0.05),
    ]
    row.forEach((v, c) => values[c]?.push(v))
  }
  return values
}

/** Changes values in place. Each fault begins somewhere in the window, in one channel or between channels. */
const FAULTS: Readonly<Record<string, (values: number[][], random: Random) => void>> = {
  spike: (values, random) => {
    const channel = values[random.int(3)]
    const at = 5 + random.int(STEPS - 10)
    const size = (random.int(2) === 0 ? 1 : -1) * (1.2 + random.uniform())
    for (const [k, share] of [1, 0.7, 0.35].entries()) if (channel) channel[at + k] = (channel[at + k] ?? 0) + size * share
  },
  stuck: (values, random) => {
    const channel = values[random.int(3)]
    const start = random.int(STEPS / 2)
    channel?.fill(channel[start] ?? 0, start, start + 28 + random.int(24))
  },
  drift: (values, random) => {
    const channel = values[1 + random.int(2)]
    const start = random.int(40)
    const slope = ((random.int(2) === 0 ? 1 : -1) * (1.2 + random.uniform())) / (STEPS - start)
    for (let i = start; i < STEPS; i++) if (channel) channel[i] = (channel[i] ?? 0) + slope * (i - start)
  },
  rattle: (values, random) => {
    const [vibration] = values
    const start = random.int(STEPS / 2)
    for (let i = start; i < start + 48; i++) if (vibration) vibration[i] = (vibration[i] ?? 0) + 0.6 * Math.sin((TAU * 11 * i) / RATE + 1) + 0.2 * random.normal()
  },
  decoupled: (values, random) => {
    // Pressure no longer follows the load that the current shows: a leak in the valve.
    const [, current, pressure] = values
    const mean = (pressure?.reduce((a, b) => a + b, 0) ?? 0) / STEPS
    const [phase, size] = [random.uniform(), 0.8 + 0.4 * random.uniform()]
    for (let i = 0; i < STEPS; i++) {
      const own = (pressure?.[i] ?? 0) - 0.75 * ((current?.[i] ?? 0) - 2)
      if (pressure) pressure[i] = own - 1.5 + mean + size * Math.sin(TAU * (0.5 * (i / RATE) + phase))
    }
  },
  dropout: (values, random) => {
    const channel = values[1 + random.int(2)]
    const start = random.int(STEPS - 24)
    for (let i = start; i < start + 5 + random.int(8); i++) if (channel) channel[i] = 0.15 * random.normal()
  },
}
const KINDS = Object.keys(FAULTS)

function windowOf(index: number, fault: string | null): Window {
  const random = new Random(SEED, 'sample', index)
  const values = normal(random)
  if (fault !== null) FAULTS[fault]?.(values, random)
  return { values: values.map((channel) => channel.map((v) => Number(v.toFixed(3)))), fault }
}

async function* open(): AsyncGenerator<NewSample> {
  let index = 0
  for (const split of ['train', 'val', 'test'] as const) {
    const [normals, faults] = COUNTS[split]
    for (let i = 0; i < normals + faults; i++) {
      const { values, fault } = windowOf(index++, i < normals ? null : (KINDS[(i - normals) % KINDS.length] ?? null))
      const className = fault === null ? 'normal' : 'anomaly'
      yield await Promise.resolve(
        jsonSample({ channels: CHANNELS, values, rate: RATE }, { name: `sensors/${className}/${split}-${String(i + 1).padStart(4, '0')}.json`, split, className, channels: CHANNELS.length, meta: { seconds: STEPS / RATE, rate: RATE, ...(fault !== null && { fault }) } }),
      )
    }
  }
}

export const sensors: BuiltInSample = {
  title: 'Pump sensors',
  task: 'anomaly-detection',
  samples: Object.values(COUNTS).reduce((sum, [a, b]) => sum + a + b, 0),
  bytes: 0,
  licence: 'Generated by Lathe from a seed (engine/samples/sensors/sensors.ts); no rights are claimed, CC0 1.0.',
  description: '1,620 windows of four seconds from four sensors on a pump; those of validation and test have six kinds of fault among them, those for training are all normal.',
  trainSeconds: 40,
  classes: ['normal', 'anomaly'],
  open,
}
