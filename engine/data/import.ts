// Import: paths of the user → found items → checked, deduplicated samples in batches, with a report that adds up.
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { NewSample } from './new-sample.ts'
import type { ImportReport, Progress, Skipped } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { InputKind } from '../contract/input-kind.ts'
import { namedLabel } from '../contract/label.ts'
import type { Split } from '../contract/recipe.ts'
import type { Found, FoundItem, ReadContext } from '../formats/format.ts'
import { inputOfKind, read as readItems } from '../formats/read.ts'
import { openSource, type Source } from '../formats/source/source.ts'
import { cleanClassName } from './class-name.ts'
import { DecodeError } from './decode-error.ts'
import { Ordered } from './ordered.ts'
import { splitByTime, splitStratified, type Ratio } from './split.ts'

/** Where samples go; the caller gives it and keeps the whole import in one transaction. */
export interface SampleStore {
  /** True where the project has a sample of this content. */
  known(sha256: string): boolean
  /** Stores a batch and returns its ids in order. */
  insert(batch: readonly NewSample[]): readonly number[] | Promise<readonly number[]>
  /** Called once, at the end, where a ratio was asked for: splits of the stored samples that came without one. */
  setSplits(splits: readonly { readonly id: number; readonly split: Split }[]): void | Promise<void>
}

export interface ImportOptions {
  readonly paths: readonly string[]
  /** What the project's samples are. */
  readonly input: InputKind
  /** Of the project: some formats serve a single task. */
  readonly task?: string
  /** Name in engine/formats, or `auto`. */
  readonly format: string
  readonly ratio: Ratio | null
  readonly as: 'copy' | 'ref'
  readonly seed: number
  /** Column of a table to be learned; found by name or place where null. */
  readonly target?: string | null
  readonly store: SampleStore
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

const BATCH = 256
const BATCH_BYTES = 32 * 1024 * 1024
const MAX_NAME = 1024
const MAX_NOTES = 50

type Checked = { readonly kind: 'sample'; readonly sample: NewSample; readonly note: string | null } | { readonly kind: 'duplicate'; readonly found: FoundItem; readonly sha256: string } | { readonly kind: 'skip'; readonly skip: Skipped }

/**
 * Imports everything readable under `paths`. What cannot be read is listed with its reason and never ends the import.
 * @throws {LatheError} `usage` for an unknown format, `not-found` where none of the paths can be opened.
 * @throws AbortError when `signal` is aborted; the caller rolls back.
 */
export async function importSamples(options: ImportOptions): Promise<ImportReport> {
  const started = performance.now()
  const skipped: Skipped[] = []
  const notes: string[] = []
  const sources = await openSources(options.paths, skipped)
  const writer = new Writer(options.store)
  const seen = new Map<string, string | null>()
  let read = skipped.length
  let duplicates = 0
  let relabelled = 0
  let expected = 0
  let told = 0
  let unsaid = 0
  const note = (message: string): void => {
    if (notes.length < MAX_NOTES) notes.push(message)
    else unsaid++
  }
  const ctx: ReadContext = {
    note,
    expect: (count) => (expected += count),
    signal: options.signal,
    target: options.target ?? null,
  }
  const settle = async (checked: Checked): Promise<void> => {
    read++
    if (checked.kind === 'skip') skipped.push(checked.skip)
    else if (checked.kind === 'duplicate' || seen.has(checked.sample.sha256)) {
      duplicates++
      const sha256 = checked.kind === 'sample' ? checked.sample.sha256 : checked.sha256
      const label = checked.kind === 'sample' ? checked.sample.className : cleanClassName(checked.found.className).name
      if (seen.has(sha256) && seen.get(sha256) !== label) relabelled++
    } else {
      if (checked.note) note(checked.note)
      seen.set(checked.sample.sha256, checked.sample.className)
      await writer.add(checked.sample)
    }
    const now = performance.now()
    if (now - told < 100) return
    told = now
    options.onProgress?.({ done: read, total: expected >= read ? expected : null, stage: 'importing' })
  }

  const window = new Ordered<Checked>(availableParallelism() * 4, settle)
  for (const source of sources) {
    try {
      for await (const found of readItems({ source, format: options.format, input: options.input, task: options.task, ctx })) {
        options.signal?.throwIfAborted()
        await window.push(check(found, source, options, seen))
      }
    } catch (error) {
      if (options.signal?.aborted || (error instanceof LatheError && error.kind === 'usage')) throw error
      await window.push(Promise.resolve({ kind: 'skip', skip: { path: source.path, reason: reasonOf(error) } }))
    }
  }
  await window.drain()
  await writer.finish(options.ratio, options.seed, options.task === 'series-forecast')
  if (unsaid > 0) notes.push(`and ${unsaid} more like these`)
  if (relabelled > 0) notes.push(`${relabelled} duplicates carry another label than the sample that was kept`)
  options.onProgress?.({ done: read, total: read, stage: 'importing' })
  return { import: null, read, stored: writer.stored, skipped, labelled: writer.labelled, duplicates, seconds: (performance.now() - started) / 1000, notes }
}

async function openSources(paths: readonly string[], skipped: Skipped[]): Promise<Source[]> {
  const sources: Source[] = []
  for (const path of paths) {
    try {
      sources.push(await openSource(path))
    } catch (error) {
      skipped.push({ path, reason: reasonOf(error) })
    }
  }
  if (sources.length === 0) {
    const first = skipped[0]
    throw new LatheError('not-found', first ? `nothing to import: ${first.path}: ${first.reason}${skipped.length > 1 ? ` (and ${skipped.length - 1} more)` : ''}` : 'nothing to import: give at least one file or folder', { skipped })
  }
  return sources
}

/** The path as the user will recognise it: what was chosen, then the way inside. */
function shown(source: Source, path: string): string {
  if (source.kind === 'folder') return `${source.path.replace(/[/\\]$/, '')}/${path}`
  return path.startsWith(source.name) ? source.path + path.slice(source.name.length) : `${source.path}/${path}`
}

async function check(found: Found, source: Source, { as, store, input }: ImportOptions, seen: ReadonlyMap<string, string | null>): Promise<Checked> {
  if (found.kind === 'skip') return { kind: 'skip', skip: { path: shown(source, found.path), reason: found.reason } }
  const path = shown(source, found.name)
  try {
    const data = await found.read()
    const sha256 = createHash('sha256').update(data).digest('hex')
    // Spares the decoding; whichever of two comes first in order is kept, however long each took.
    if (seen.has(sha256) || store.known(sha256)) return { kind: 'duplicate', found, sha256 }
    const { mime, width, height, channels, meta } = await inputOfKind(input).probe(data, found.name)
    const { name: className, problem } = cleanClassName(found.className)
    const label = found.label ? namedLabel.safeParse(found.label) : null
    if (label && !label.success) return { kind: 'skip', skip: { path, reason: `its label cannot be taken: ${label.error.issues[0]?.message ?? ''}` } }
    const ref = as === 'ref' ? found.file : null
    const sample = { name: found.name.slice(-MAX_NAME), sha256, ref, bytes: data.length, mime, width, height, channels, split: found.split, data: ref === null ? data : null, className, label: label?.data ?? null, meta: { ...meta, ...found.meta } }
    return { kind: 'sample', sample, note: problem === null ? null : `${path}: ${problem}` }
  } catch (error) {
    return { kind: 'skip', skip: { path, reason: reasonOf(error) } }
  }
}

const CODES: Readonly<Record<string, string>> = { ENOENT: 'not found', ENOTDIR: 'not found', EACCES: 'permission denied', EPERM: 'permission denied', ELOOP: 'symbolic links form a loop', ENAMETOOLONG: 'the path is too long', NOTFILE: 'not a regular file', TOOBIG: 'over 1 GB' }

function reasonOf(error: unknown): string {
  if (error instanceof DecodeError) return error.reason
  if (error instanceof LatheError) return error.message
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  return code === null ? 'cannot be read: the data are damaged' : (CODES[code] ?? `cannot be read (${code})`)
}

/** Collects samples into batches, and remembers what splitting needs. */
class Writer {
  stored = 0
  labelled = 0
  #batch: NewSample[] = []
  #bytes = 0
  readonly #store: SampleStore
  readonly #open: { id: number; className: string | null; time: string | number }[] = []

  constructor(store: SampleStore) {
    this.#store = store
  }

  async add(sample: NewSample): Promise<void> {
    this.#batch.push(sample)
    this.#bytes += sample.data?.length ?? 0
    this.stored++
    if (sample.className !== null || sample.label) this.labelled++
    if (this.#batch.length >= BATCH || this.#bytes >= BATCH_BYTES) await this.#flush()
  }

  async #flush(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    if (batch.length === 0) return
    const ids = await this.#store.insert(batch)
    batch.forEach((sample, i) => {
      const id = ids[i]
      if (id !== undefined && sample.split === null) this.#open.push({ id, className: sample.className, time: sample.meta?.['time'] ?? this.#open.length })
    })
  }

  /** `inTime`: the past trains and the future tests. */
  async finish(ratio: Ratio | null, seed: number, inTime: boolean): Promise<void> {
    await this.#flush()
    if (!ratio || this.#open.length === 0) return
    const splits = inTime
      ? splitByTime(this.#open.map((s) => s.time), ratio)
      : splitStratified(this.#open.map((s) => s.className), ratio, seed)
    await this.#store.setSplits(this.#open.map(({ id }, i) => ({ id, split: splits[i] ?? 'train' })))
  }
}
