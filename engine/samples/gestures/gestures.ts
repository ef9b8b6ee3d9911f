// Sample `gestures`: movements of a hand as an accelerometer feels them, drawn by formulas from a seed.
import { Random } from '../../data/random.ts'
import type { NewSample } from '../../data/new-sample.ts'
import { jsonSample } from '../json-sample.ts'
import type { BuiltInSample } from '../sample.ts'

const SEED = 20_260
const RATE = 50
const PEOPLE = 15
/** Of each class by each person. */
const TAKES = 8

type Vector = readonly [x: number, y: number, z: number]
const TAU = 2 * Math.PI
/** A bump of height 1 around `centre`. */
const bump = (t: number, centre: number, width: number): number => Math.exp(-(((t - centre) / width) ** 2))
/** Speed up, then brake: what a straight move feels like. */
const move = (t: number, centre: number): number => bump(t, centre - 0.11, 0.09) - bump(t, centre + 0.11, 0.09)

/** Acceleration of the ideal gesture at time 0…1, in g without gravity; `turns` is how often a person repeats what repeats. */
const GESTURES: Readonly<Record<string, (t: number, turns: number) => Vector>> = {
  'circle-left': (t, turns) => [0.6 * Math.cos(TAU * turns * t), 0.6 * Math.sin(TAU * turns * t), 0],
  'circle-right': (t, turns) => [0.6 * Math.cos(TAU * turns * t), -0.6 * Math.sin(TAU * turns * t), 0],
  'swipe-left': (t) => [-1.1 * move(t, 0.5), 0.1 * bump(t, 0.5, 0.2), 0],
  'swipe-right': (t) => [1.1 * move(t, 0.5), 0.1 * bump(t, 0.5, 0.2), 0],
  push: (t) => [0, 0.15 * bump(t, 0.5, 0.2), 1.1 * move(t, 0.5)],
  'double-tap': (t) => [0, 0, -1.4 * (bump(t, 0.36, 0.045) + bump(t, 0.62, 0.045)) + 0.7 * (bump(t, 0.43, 0.05) + bump(t, 0.69, 0.05))],
  wave: (t, turns) => [0.8 * Math.sin(TAU * (turns + 1) * t), 0.25 * Math.cos(2 * TAU * (turns + 1) * t), 0],
  still: () => [0, 0, 0],
}
const CLASSES = Object.keys(GESTURES)

/** How a person moves: tempo, strength, how the device is held, unrest of the hand. */
interface Style {
  readonly seconds: number
  readonly strength: number
  readonly turns: number
  readonly tilt: Vector
  readonly tremor: number
}

function styleOf(person: number): Style {
  const random = new Random(SEED, 'sample', person)
  const angle = (): number => 0.3 * random.normal()
  return { seconds: 1.1 + 0.9 * random.uniform(), strength: 0.7 + 0.7 * random.uniform(), turns: 1.6 + random.uniform(), tilt: [angle(), angle(), angle()], tremor: 0.03 + 0.05 * random.uniform() }
}

/** `v` turned around the three axes by small angles, as a device that is held askew feels it. */
function turned([x, y, z]: Vector, [a, b, c]: Vector): Vector {
  const [x1, y1] = [x * Math.cos(c) - y * Math.sin(c), x * Math.sin(c) + y * Math.cos(c)]
  const [y2, z1] = [y1 * Math.cos(a) - z * Math.sin(a), y1 * Math.sin(a) + z * Math.cos(a)]
  return [x1 * Math.cos(b) + z1 * Math.sin(b), y2, z1 * Math.cos(b) - x1 * Math.sin(b)]
}

/** Uneven speed: a smooth map of 0…1 onto itself. */
function warped(t: number, bend: number, wobble: number): number {
  return t ** Math.exp(bend) + (wobble * Math.sin(TAU * t)) / TAU
}

/** One take: its own tempo, strength, warp of time, start within the recording, tremor and noise of the sensor. */
function take(name: string, style: Style, random: Random): number[][] {
  const gesture = GESTURES[name] ?? (() => [0, 0, 0] satisfies Vector)
  const active = Math.round(RATE * style.seconds * (0.85 + 0.3 * random.uniform()))
  const [before, after] = [3 + random.int(18), 3 + random.int(18)]
  const strength = style.strength * (0.85 + 0.3 * random.uniform())
  const [bend, wobble] = [0.25 * (2 * random.uniform() - 1), 0.3 * (2 * random.uniform() - 1)]
  const turns = style.turns + 0.3 * (random.uniform() - 0.5)
  const tilt = style.tilt.map((a) => a + 0.12 * random.normal()) as unknown as Vector
  const gravity = turned([0, 0, 1], tilt)
  const tremor = [random.uniform(), random.uniform(), random.uniform()]
  const values: number[][] = [[], [], []]
  for (let i = 0; i < before + active + after; i++) {
    const inside = i >= before && i < before + active
    const t = (i - before) / active
    // Moves fade in and out: a hand does not start at full swing.
    const fade = inside ? Math.sin(Math.PI * Math.min(1, Math.max(0, t))) ** 0.5 : 0
    const felt = inside ? turned(gesture(warped(t, bend, wobble), turns), tilt) : ([0, 0, 0] as const)
    for (let c = 0; c < 3; c++) {
      const unrest = style.tremor * Math.sin(TAU * (8 * (i / RATE) + (tremor[c] ?? 0)))
      values[c]?.push(Number(((gravity[c] ?? 0) + strength * fade * (felt[c] ?? 0) + unrest + 0.06 * random.normal()).toFixed(3)))
    }
  }
  return values
}

/** People 0–9 train, 10–11 validate, 12–14 test: nobody is in two splits. */
const splitOf = (person: number): 'train' | 'val' | 'test' => (person < 10 ? 'train' : person < 12 ? 'val' : 'test')

async function* open(): AsyncGenerator<NewSample> {
  for (let person = 0; person < PEOPLE; person++) {
    const style = styleOf(person)
    const group = `person-${String(person + 1).padStart(2, '0')}`
    for (const [k, className] of CLASSES.entries()) {
      for (let i = 0; i < TAKES; i++) {
        const random = new Random(SEED, 'sample', 1000 + (person * CLASSES.length + k) * TAKES + i)
        const values = take(className, style, random)
        yield await Promise.resolve(
          jsonSample({ channels: ['x', 'y', 'z'], values, rate: RATE }, { name: `gestures/${className}/${group}-${i + 1}.json`, split: splitOf(person), className, channels: 3, meta: { seconds: Number(((values[0]?.length ?? 0) / RATE).toFixed(2)), rate: RATE, group } }),
        )
      }
    }
  }
}

export const gestures: BuiltInSample = {
  title: 'Gestures',
  task: 'series-classification',
  samples: PEOPLE * CLASSES.length * TAKES,
  bytes: 0,
  licence: 'Generated by Lathe from a seed (engine/samples/gestures/gestures.ts); no rights are claimed, CC0 1.0.',
  description: '960 movements of a hand, three channels of acceleration at 50 Hz, eight classes by fifteen made-up people; those of the test split are in no other.',
  trainSeconds: 30,
  classes: CLASSES,
  open,
}
