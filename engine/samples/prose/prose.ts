// Sample `prose`: Alice's Adventures in Wonderland, in passages.
import { readFile } from 'node:fs/promises'
import type { NewSample } from '../../data/new-sample.ts'
import { passages } from '../../data/passages.ts'
import type { Split } from '../../contract/recipe.ts'
import { samplePath } from '../assets.ts'
import type { BuiltInSample } from '../sample.ts'
import { textSample } from '../text-sample.ts'

/** The book in its order: nine chapters to learn from, one to validate on, two to test on. */
function splitOfChapter(chapter: number): Split {
  return chapter < 10 ? 'train' : chapter === 10 ? 'val' : 'test'
}

async function* open(): AsyncGenerator<NewSample> {
  const chapters = (await readFile(samplePath('prose', 'alice.txt'), 'utf8')).split(/^(?=CHAPTER )/m)
  for (const [i, text] of chapters.entries()) {
    const chapter = i + 1
    for (const [k, passage] of passages(text).entries()) {
      yield textSample(passage, { name: `prose/chapter-${String(chapter).padStart(2, '0')}/${String(k + 1).padStart(2, '0')}.txt`, split: splitOfChapter(chapter), className: null, label: { kind: 'none' }, meta: { characters: passage.length, chapter } })
    }
  }
}

export const prose: BuiltInSample = {
  title: 'Alice in Wonderland',
  task: 'language-model',
  samples: 112,
  bytes: 143_044,
  licence: 'Lewis Carroll (Charles Lutwidge Dodgson, 1832–1898), Alice’s Adventures in Wonderland, London: Macmillan, 1865. Public domain. The text is that of the Canterbury Corpus (alice29.txt); here without its title page, lines of prose joined, quotation marks plain.',
  description: 'The twelve chapters of the book in passages of up to 1,500 characters: nine chapters to learn from, the tenth to validate, the last two to test.',
  trainSeconds: 310,
  classes: [],
  open,
}
