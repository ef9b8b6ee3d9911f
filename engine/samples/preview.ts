// previewOf(): what a card of a built-in data set shows of it: its own first samples, so that nothing on it is made up.
import { decodeAudio } from '../audio/decode.ts'
import type { DrawnItem, SamplePreview } from '../contract/drawn.ts'
import { LatheError } from '../contract/errors.ts'
import { mapClasses } from '../contract/label.ts'
import { taskKind } from '../contract/task-kinds.ts'
import { decode } from '../data/decode.ts'
import type { NewSample } from '../data/new-sample.ts'
import { sampleById } from './index.ts'
import { mostTelling } from './preview-points.ts'
import { ratingCells } from './preview-ratings.ts'
import type { BuiltInSample } from './sample.ts'

/** Pictures of at most so many pixels a side are shown by the eight, others by the two. */
const SMALL = 16
/** Columns of the envelope of a recording. */
const COLUMNS = 240
/** Characters of a text. */
const SNIPPET = 160
/** People and films of a table of ratings. */
const RATED = { height: 16, width: 28 }

/** @throws {LatheError} `usage` for an unknown id. */
export async function previewOf(id: string): Promise<SamplePreview> {
  const sample = sampleById(id)
  const { input } = taskKind(sample.task)
  switch (input) {
    case 'image':
      return await pictures(sample)
    case 'audio':
      return await recording(sample)
    case 'series':
      return await series(sample)
    case 'row':
      return sample.task === 'series-forecast' ? await column(sample) : await points(sample)
    case 'rating':
      return await ratings(sample)
    case 'text':
    case 'text-pair':
      return await texts(sample)
  }
}

async function firstOf(sample: BuiltInSample, most: number): Promise<NewSample[]> {
  const found: NewSample[] = []
  for await (const one of sample.open()) {
    found.push(one)
    if (found.length === most) break
  }
  return found
}
function bytesOf({ data, name }: NewSample): Uint8Array {
  if (!data) throw new LatheError('internal', `${name} of a built-in sample has no bytes`)
  return data
}
const textOf = (one: NewSample): string => new TextDecoder().decode(bytesOf(one))
const objectOf = (one: NewSample): Readonly<Record<string, unknown>> => JSON.parse(textOf(one)) as Record<string, unknown>
const indexIn = (sample: BuiltInSample) => (name: string): number => sample.classes.indexOf(name)

async function pictures(sample: BuiltInSample): Promise<SamplePreview> {
  const found = await firstOf(sample, 8)
  const shown = found.slice(0, (found[0]?.width ?? 0) <= SMALL ? 8 : 2)
  const items = await Promise.all(shown.map(async (one): Promise<DrawnItem> => ({ kind: 'pixels', ...(await decode(bytesOf(one))), label: one.label ? mapClasses(one.label, indexIn(sample)) : null })))
  const said = shown.map(({ className, label }) => className ?? (label?.kind === 'classes' ? label.classes.join(' and ') : null))
  return { items, says: `${shown.length} of its pictures${said.every((text) => text !== null) ? `: ${said.join(', ')}` : shown[0]?.label?.kind === 'boxes' ? ' with their boxes' : ' with their masks'}` }
}

async function recording(sample: BuiltInSample): Promise<SamplePreview> {
  const [one] = await firstOf(sample, 1)
  if (!one) throw new LatheError('internal', `${sample.title} has no sample`)
  const { samples } = await decodeAudio(bytesOf(one))
  const envelope = new Float32Array(2 * COLUMNS)
  for (let c = 0; c < COLUMNS; c++) {
    const part = samples.subarray(Math.floor((c * samples.length) / COLUMNS), Math.floor(((c + 1) * samples.length) / COLUMNS))
    envelope[2 * c] = part.reduce((a, b) => Math.min(a, b), 0)
    envelope[2 * c + 1] = part.reduce((a, b) => Math.max(a, b), 0)
  }
  return { items: [{ kind: 'wave', data: envelope, covered: [] }], says: `the wave of one of its recordings: ${one.className ?? (one.label?.kind === 'text' ? one.label.text : one.name)}` }
}

async function series(sample: BuiltInSample): Promise<SamplePreview> {
  const [one] = await firstOf(sample, 1)
  if (!one) throw new LatheError('internal', `${sample.title} has no sample`)
  const { channels, values } = objectOf(one) as { channels: readonly string[]; values: readonly (readonly number[])[] }
  return { items: [{ kind: 'lines', channels: values.length, data: Float32Array.from(values.flat()) }], says: `one of its series (${one.className ?? one.name}), with ${channels.join(', ')}` }
}

/** The value of each row in time. */
async function column(sample: BuiltInSample): Promise<SamplePreview> {
  const rows = await firstOf(sample, Infinity)
  return { items: [{ kind: 'lines', channels: 1, data: Float32Array.from(rows, ({ label }) => (label?.kind === 'number' ? label.value : Number.NaN)) }], says: `all of its ${rows.length} values in time` }
}

async function points(sample: BuiltInSample): Promise<SamplePreview> {
  const rows = await firstOf(sample, Infinity)
  const labels = rows.map(({ className }) => indexIn(sample)(className ?? ''))
  const [x, y] = mostTelling(rows.map(objectOf), labels)
  return { items: [{ kind: 'points', x: x.values, y: y.values, classes: Uint8Array.from(labels) }], says: `its rows by ${x.name} and ${y.name}, coloured by ${sample.classes.join(', ')}` }
}

async function ratings(sample: BuiltInSample): Promise<SamplePreview> {
  const rows = await firstOf(sample, 1200)
  return { items: [{ kind: 'cells', ...RATED, data: ratingCells(rows.map((one) => ({ ...(objectOf(one) as { user: string; item: string }), stars: one.label?.kind === 'number' ? one.label.value : Number.NaN })), RATED) }], says: `stars of ${RATED.height} people for the ${RATED.width} films that they rated most often` }
}

async function texts(sample: BuiltInSample): Promise<SamplePreview> {
  const [one] = await firstOf(sample, 1)
  if (!one) throw new LatheError('internal', `${sample.title} has no sample`)
  const all = one.mime === 'application/json' ? Object.values(objectOf(one)).map(String) : [textOf(one)]
  const answer = one.className ?? (one.label?.kind === 'text' ? one.label.text : null)
  const spans = one.label?.kind === 'spans' ? one.label.spans.filter(({ end }) => end <= SNIPPET).map((span) => ({ ...span, class: indexIn(sample)(span.class) })) : []
  const shown = all.map((text) => (text.length > SNIPPET ? `${text.slice(0, SNIPPET)}…` : text))
  return { items: [{ kind: 'texts', texts: shown, spans, answer }], says: `one of its texts: ${shown.join(' / ')}${answer === null ? '' : `: ${answer}`}` }
}
