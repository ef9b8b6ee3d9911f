// News-like sentences with people, places, organisations and dates, in which the same name may be any of them: its neighbours tell.
import type { Split } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import { pick, splitOf } from '../phrases.ts'

export const ENTITY_CLASSES = ['date', 'organisation', 'person', 'place'] as const
export type EntityClass = (typeof ENTITY_CLASSES)[number]

export interface Tagged {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly class: EntityClass }[]
  readonly split: Split
}

type Words = readonly [string, ...string[]]

const FIRST: Words = ['Anna', 'Peter', 'Maria', 'John', 'Lena', 'Omar', 'Ingrid', 'Paul', 'Sofia', 'Viktor', 'Helen', 'Marco', 'Clara', 'Jonas', 'Amina', 'Edith', 'Hugo', 'Nadia', 'Felix', 'Ruth']
/** Of people, towns and firms alike. */
const NAMES: Words = ['Lincoln', 'Jordan', 'Chester', 'Hamilton', 'Florence', 'Victoria', 'Austin', 'Sydney', 'Preston', 'Kingston', 'Warwick', 'Chelsea', 'Milton', 'Douglas', 'Durham', 'Logan', 'Harlow', 'Bradford', 'Winston', 'Clayton']
const SYLLABLES: readonly [Words, Words, Words] = [
  ['Ba', 'Bre', 'Cal', 'Dri', 'Ei', 'Fel', 'Gor', 'Hol', 'Is', 'Jas', 'Ker', 'Lo', 'Mar', 'Nor', 'Os', 'Pel', 'Qua', 'Rin', 'Sul', 'Tre', 'Ul', 'Vol', 'Wil', 'Zan'],
  ['', 'be', 'cha', 'da', 'fi', 'gu', 'ki', 'len', 'mo', 'nu', 'pa', 'ra', 'sti', 'tor', 'ven', 'zi'],
  ['bach', 'berg', 'dale', 'dorf', 'ford', 'gate', 'ham', 'lin', 'man', 'ner', 'rez', 'son', 'ster', 'ton', 'vik', 'well', 'witz', 'zer'],
]
const MONTHS: Words = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS: Words = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** {P} a person, {L} a place, {O} an organisation, {D} a date. */
const SENTENCES: Words = [
  '{P} was born in {L} on {D}.',
  '{P} moved from {L} to {L} and joined {O}.',
  'On {D}, {O} opened an office in {L}.',
  '{O} named {P} as its new director on {D}.',
  'The mayor of {L}, {P}, met workers of {O}.',
  '{P} told reporters in {L} that {O} would close its plant.',
  'Shares of {O} fell on {D} after {P} resigned.',
  'Roads around {L} were closed until {D}.',
  '{P} and {P} travelled to {L} by train.',
  'A spokesman for {O} said that {P} had left {L}.',
  'It rained in {L}, but {P} stayed.',
  '{O} sued {O} in a court in {L}.',
  'Dr {P} teaches in {L} since {D}.',
  'The match between {L} and {L} was played on {D}.',
  '{P}, who works for {O}, lives near {L}.',
  'Nobody at {O} had heard of {P} before {D}.',
  '"We are proud of {L}," said {P} of {O}.',
  'The river flows past {L} towards {L}.',
  '{O} bought the firm that {P} had founded in {L}.',
  'In a letter of {D}, {P} thanked {O}.',
  'The bridge was built long ago and nobody knows by whom.',
  'Prices rose again, and the market closed early.',
]

/** Made up, so that most are met once: what they are, only their neighbours tell. */
const invented = (random: Random): string => SYLLABLES.map((s) => pick(random, s)).join('')
const name = (random: Random): string => (random.uniform() < 0.5 ? pick(random, NAMES) : invented(random))

function date(random: Random): string {
  const [day, month, year] = [String(1 + random.int(28)), pick(random, MONTHS), String(1950 + random.int(75))]
  return pick(random, [`${day} ${month} ${year}`, `${day} ${month}`, `${month} ${year}`, pick(random, DAYS), `${pick(random, DAYS)}, ${day} ${month}`])
}

const MAKERS: Readonly<Record<string, { readonly class: EntityClass; readonly make: (random: Random) => string }>> = {
  P: { class: 'person', make: (r) => pick(r, [() => `${pick(r, FIRST)} ${name(r)}`, () => name(r), () => `${pick(r, FIRST)} ${pick(r, FIRST)} ${name(r)}`])() },
  L: { class: 'place', make: (r) => pick(r, [() => name(r), () => name(r), () => `${pick(r, ['New', 'North', 'Port', 'Upper'])} ${name(r)}`])() },
  O: { class: 'organisation', make: (r) => pick(r, [() => name(r), () => `${name(r)} ${pick(r, ['Bank', 'Motors', 'Press', 'Steel', 'Airlines'])}`, () => `University of ${name(r)}`, () => `${name(r)} & ${name(r)}`])() },
  D: { class: 'date', make: date },
}

function tagged(random: Random): Tagged {
  const pattern = Array.from({ length: 1 + random.int(2) }, () => pick(random, SENTENCES)).join(' ')
  const spans: Tagged['spans'][number][] = []
  const used: string[] = []
  let text = ''
  for (const [i, part] of pattern.split(/\{([PLOD])\}/).entries()) {
    const maker = i % 2 === 1 ? MAKERS[part] : undefined
    if (!maker) {
      text += part
      continue
    }
    const value = maker.make(random)
    spans.push({ start: text.length, end: text.length + value.length, class: maker.class })
    used.push(value)
    text += value
  }
  return { text, spans, split: splitOf(used.join(' ') || text) }
}

/** `count` different texts, always the same for a seed. */
export function taggedTexts(count: number, seed = 0): Tagged[] {
  const found = new Map<string, Tagged>()
  for (let i = 0; found.size < count; i++) {
    const made = tagged(new Random(seed, 'sample', i))
    found.set(made.text, found.get(made.text) ?? made)
  }
  return [...found.values()]
}
