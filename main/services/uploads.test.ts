// Uploads: the bound on all that waits holds for uploads side by side too.
import { readdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { PathGuard } from './paths.ts'
import { Uploads } from './uploads.ts'

async function* parts(count: number, size: number, last: Promise<unknown> = Promise.resolve()): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield new Uint8Array(size)
  await last
}

test('two at once may not take more than there is room for, and what failed gives its room back', async () => {
  const uploads = new Uploads(new PathGuard([]), { file: 1500, total: 2000 })
  onTestFinished(() => uploads.close())
  const end = Promise.withResolvers<undefined>()
  const first = uploads.receive('one', 'a.png', parts(15, 100, end.promise), null)
  await sleep(50)
  await expect(uploads.receive('one', 'b.png', parts(6, 100), null)).rejects.toMatchObject({ kind: 'data' })
  end.resolve(undefined)
  const kept = await first
  expect(await readdir(kept.root)).toEqual(['a.png'])
  await expect(uploads.receive('one', 'c.png', parts(6, 100), null)).rejects.toMatchObject({ kind: 'data' })
  await uploads.receive('one', 'c.png', parts(5, 100), null)
  // The same name again replaces: its room counts once.
  await uploads.discard([kept.path])
  await uploads.receive('one', 'c.png', parts(5, 100), null)
  await uploads.receive('one', 'd.png', parts(15, 100), null)
})
