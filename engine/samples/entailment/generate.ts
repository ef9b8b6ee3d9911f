// Pairs of sentences about one scene: does the second follow from the first, contradict it, or neither? Worked out slot by slot.
import type { Split } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import { pick, pickWeighted, sentence, splitOf, withArticle } from '../phrases.ts'

export const RELATIONS = ['entailment', 'neutral', 'contradiction'] as const
export type Relation = (typeof RELATIONS)[number]

export interface Pair {
  readonly a: string
  readonly b: string
  readonly class: Relation
  readonly split: Split
}

type Words = readonly [string, ...string[]]
type Kinds = Readonly<Record<string, Words>>

/** What each general word covers. */
const BEINGS: Kinds = { animal: ['dog', 'cat', 'horse', 'goat'], child: ['boy', 'girl', 'toddler'], grown_up: ['doctor', 'farmer', 'sailor', 'teacher'] }
const DOINGS: Kinds = { moving: ['running', 'walking', 'jumping', 'climbing'], resting: ['sleeping', 'sitting', 'lying'] }
const PLACES: Kinds = { outdoors: ['in the park', 'in the garden', 'on the beach'], indoors: ['in the kitchen', 'in the library', 'in the attic'] }
const OPPOSITES: Readonly<Record<string, string>> = { young: 'old', old: 'young', tall: 'short', short: 'tall' }
/** With the form that a passive wants. */
const DEEDS: readonly (readonly [active: string, passive: string])[] = [['chasing', 'chased'], ['watching', 'watched'], ['following', 'followed'], ['greeting', 'greeted']]

const shown = (word: string): string => word.replace('_', '-')

/** One slot of both sentences, null where a sentence leaves it out. */
type Slot = readonly [a: string | null, b: string | null]

const others = (words: readonly string[], word: string): Words => words.filter((w) => w !== word) as unknown as Words

function kinded(random: Random, kinds: Kinds, relation: Relation): Slot {
  const kind = pick(random, Object.keys(kinds) as unknown as Words)
  const word = pick(random, kinds[kind] ?? [kind])
  if (relation === 'entailment') return random.int(2) === 0 ? [word, word] : [word, kind]
  if (relation === 'neutral') return [kind, word]
  const [alike, unlike] = [others(kinds[kind] ?? [kind], word), others(Object.keys(kinds), kind)]
  return random.int(2) === 0 ? [word, pick(random, alike)] : random.int(2) === 0 ? [word, pick(random, unlike)] : [kind, pick(random, unlike)]
}

function manner(random: Random, relation: Relation): Slot {
  const word = pick(random, Object.keys(OPPOSITES) as unknown as Words)
  if (relation === 'neutral') return [null, word]
  if (relation === 'contradiction') return [word, OPPOSITES[word] ?? word]
  return pick<Slot>(random, [[null, null], [word, word], [word, null]])
}

function place(random: Random, relation: Relation): Slot {
  if (relation === 'entailment') return pick<() => Slot>(random, [() => [null, null], () => [kinded(random, PLACES, 'entailment')[0], null], () => kinded(random, PLACES, 'entailment')])()
  if (relation === 'neutral') return random.int(2) === 0 ? [null, kinded(random, PLACES, 'entailment')[0]] : kinded(random, PLACES, 'neutral')
  return kinded(random, PLACES, 'contradiction')
}

const phrase = (manner: string | null, noun: string): string => withArticle(manner ? `${manner} ${shown(noun)}` : shown(noun))
const at = (place: string | null): string => (place ? ` ${place}` : '')

/** The sentence and its denial. */
interface Told {
  readonly plain: string
  readonly denied: string
}

interface Draft {
  readonly a: string
  readonly b: Told
  /** Of `a` to `b` as it stands. */
  readonly relation: Relation
  readonly combination: string
}

/** One slot in which the sentences differ decides; the others let `b` follow. */
function scene(random: Random, relation: Relation): Draft {
  const decides = random.int(4)
  const of = (slot: number): Relation => (slot === decides ? relation : 'entailment')
  const [who, how, what, where] = [kinded(random, BEINGS, of(0)), manner(random, of(1)), kinded(random, DOINGS, of(2)), place(random, of(3))]
  const tell = (i: 0 | 1): Told => {
    const subject = phrase(how[i], who[i] ?? '')
    const rest = `${what[i] ?? ''}${at(where[i])}`
    return { plain: `${subject} is ${rest}`, denied: `${subject} is not ${rest}` }
  }
  return { a: tell(0).plain, b: tell(1), relation, combination: [who, what, how].flat().join(' ') }
}

/** Who does it to whom: exchanged, nothing follows; in the passive, the same is said. */
function deed(random: Random, relation: Relation): Draft {
  const all = Object.values(BEINGS).flat() as unknown as Words
  const agent = pick(random, all)
  const patient = pick(random, others(all, agent))
  const [active, passive] = pick(random, DEEDS as unknown as readonly [(typeof DEEDS)[number]])
  const where = kinded(random, PLACES, relation === 'contradiction' ? 'contradiction' : 'entailment')
  const tell = (x: string, y: string, turned: boolean, place: string | null): Told => {
    const [subject, rest] = turned ? [phrase(null, y), `being ${passive} by ${phrase(null, x)}${at(place)}`] : [phrase(null, x), `${active} ${phrase(null, y)}${at(place)}`]
    return { plain: `${subject} is ${rest}`, denied: `${subject} is not ${rest}` }
  }
  const [turnedA, turnedB] = [random.int(2) === 0, random.int(2) === 0]
  const swapped = relation === 'neutral'
  return { a: tell(agent, patient, turnedA, where[0]).plain, b: tell(swapped ? patient : agent, swapped ? agent : patient, turnedB, where[1]), relation, combination: [agent, patient, active].join(' ') }
}

/** Denying `b` turns what follows into what contradicts, and the other way round. */
const DENIED: Readonly<Record<Relation, Relation>> = { entailment: 'contradiction', contradiction: 'entailment', neutral: 'neutral' }

function pair(random: Random): Pair {
  const wanted = pick(random, RELATIONS)
  const denies = random.uniform() < 0.25
  const make = pickWeighted(random, [[0.9, scene], [0.1, deed]] as const)
  const { a, b, combination } = make(random, denies ? DENIED[wanted] : wanted)
  const second = denies ? (random.int(2) === 0 ? b.denied : `it is not true that ${b.plain}`) : b.plain
  return { a: sentence(a), b: sentence(second), class: wanted, split: splitOf(combination) }
}

/** `count` different pairs, always the same for a seed. */
export function entailmentPairs(count: number, seed = 0): Pair[] {
  const found = new Map<string, Pair>()
  for (let i = 0; found.size < count; i++) {
    const made = pair(new Random(seed, 'sample', i))
    const key = `${made.a} ${made.b}`
    found.set(key, found.get(key) ?? made)
  }
  return [...found.values()]
}
