// CoNLL: a token and its tag in each line, an empty line after each sentence.
import { wordsOf } from '../tokenize/words.ts'
import type { DataFormat, Found, LabelRow } from './format.ts'
import { headLines, linesOf } from './source/lines.ts'
import { splitOf } from './source/split-of.ts'
import { headOfFirst, textFiles } from './source/text-file.ts'
import { reasonOf, textItem } from './source/text-item.ts'

const ENDINGS = ['conll', 'bio', 'iob', 'iob2', 'tagged', 'txt', 'tsv']
const TAG = /^(?:O|[BIESLU]-(.+))$/

interface Token {
  readonly text: string
  readonly tag: string
}
type Span = { start: number; end: number; class: string }

/** First column the token, last one the tag; null for a line that has not both. */
function tokenOf(line: string): Token | null {
  const cells = line.trim().split(/[ \t]+/)
  const [text, tag] = [cells[0] ?? '', cells.at(-1) ?? '']
  return cells.length >= 2 && TAG.test(tag) ? { text, tag } : null
}

/** The sentence with its tokens parted by spaces. BIO, IOB and BIOES (BILOU) alike: a span begins at B, S or U, where the class changes, and after O. */
function sentenceOf(tokens: readonly Token[]): { text: string; spans: Span[] } {
  const spans: Span[] = []
  let text = ''
  let open = null as Span | null
  for (const token of tokens) {
    const start = text === '' ? 0 : text.length + 1
    text += (text === '' ? '' : ' ') + token.text
    const [mark, name] = [token.tag.charAt(0), TAG.exec(token.tag)?.[1]]
    if (name === undefined) open = null
    else if (open?.class === name && !'BSU'.includes(mark)) open.end = text.length
    else spans.push((open = { start, end: text.length, class: name }))
    if ('ESLU'.includes(mark)) open = null
  }
  return { text, spans }
}

export const conll: DataFormat = {
  title: 'CoNLL',
  description: 'A token and its tag (O, B-name, I-name …) in each line, first and last column; an empty line after each sentence. Written with the BIO tags of all labelled texts.',
  inputs: ['text'],
  tasks: ['text-tagging'],
  match: async (source) => {
    const lines = headLines(await headOfFirst(source, ENDINGS)).filter((line) => !line.startsWith('#') && !line.startsWith('-DOCSTART-'))
    return lines.length > 0 && lines.filter((line) => tokenOf(line) !== null).length > 0.6 * lines.length
  },
  async *read(source, ctx): AsyncGenerator<Found> {
    for (const { path, refused, stream } of await textFiles(source, ENDINGS)) {
      ctx.signal?.throwIfAborted()
      if (refused !== null) {
        yield { kind: 'skip', path, reason: refused }
        continue
      }
      let tokens: Token[] = []
      let [first, bad] = [0, false]
      const flush = function* (): Generator<Found> {
        const { text, spans } = sentenceOf(tokens)
        if (tokens.length > 0 && !bad) yield textItem(path, { number: first, bytes: new TextEncoder().encode(text), label: { kind: 'spans', spans }, split: splitOf(path) })
        tokens = []
        bad = false
      }
      try {
        for await (const { number, text } of linesOf(await stream())) {
          if (text.trim() === '' || text.startsWith('-DOCSTART-')) {
            yield* flush()
            continue
          }
          if (text.startsWith('# ')) continue
          const token = tokenOf(text)
          if (tokens.length === 0 && !bad) first = number
          if (token) tokens.push(token)
          else if (!bad) {
            // Without one of its lines a sentence would say something else.
            bad = true
            yield { kind: 'skip', path: `${path} line ${number}`, reason: 'expected a token and a tag such as O, B-name or I-name; the sentence is left out' }
          }
        }
        yield* flush()
      } catch (error) {
        yield { kind: 'skip', path, reason: reasonOf(error) }
      }
    }
  },
  *write(rows: Iterable<LabelRow>) {
    for (const { label, text } of rows) {
      const source = text?.() ?? null
      if (label?.kind !== 'spans' || source === null) continue
      const tokens = wordsOf(source).map((word) => {
        const span = label.spans.find((s) => s.start < word.end && s.end > word.start)
        return `${word.text} ${span ? `${span.start >= word.start ? 'B' : 'I'}-${span.class}` : 'O'}`
      })
      if (tokens.length > 0) yield `${tokens.join('\n')}\n\n`
    }
  },
}
