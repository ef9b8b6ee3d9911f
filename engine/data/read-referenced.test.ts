// Files that samples refer to: the one that was imported, and nothing else.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../test/support/project.ts'
import { readReferenced } from './read-referenced.ts'

const data = Buffer.from('an image')
const sha256 = createHash('sha256').update(data).digest('hex')

test('the file as it was imported', async () => {
  const ref = path.join(tempFolder(), 'a.png')
  await writeFile(ref, data)
  expect(Buffer.from(await readReferenced({ id: 1, ref, bytes: data.length, sha256 }))).toEqual(data)
})

test('gone, changed, of another size, a folder, a device: each is said, and nothing without end is read', async () => {
  const folder = tempFolder()
  const ref = path.join(folder, 'a.png')
  const read = (file: string, bytes = data.length): Promise<Uint8Array> => readReferenced({ id: 7, ref: file, bytes, sha256 })
  await expect(read(ref)).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('sample 7') as string })
  await writeFile(ref, 'an imagE')
  await expect(read(ref)).rejects.toMatchObject({ kind: 'corrupt' })
  await writeFile(ref, Buffer.concat([data, data]))
  await expect(read(ref)).rejects.toMatchObject({ kind: 'corrupt', message: expect.stringContaining('has changed') as string })
  await mkdir(path.join(folder, 'b.png'))
  await expect(read(path.join(folder, 'b.png'))).rejects.toMatchObject({ kind: 'not-found' })
  if (process.platform !== 'win32') await expect(read('/dev/zero', 0)).rejects.toMatchObject({ kind: 'not-found' })
})
