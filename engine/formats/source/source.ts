// Source: one path that the user chose, with lazy looks into it.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { isGzip } from '../../data/sniff.ts'
import { diskTree } from './disk-tree.ts'
import type { Tree } from './tree.ts'

/** Enough for a few rows of any table of small images. */
const HEAD = 256 * 1024

export interface Source {
  /** As the user gave it. */
  readonly path: string
  readonly file: string
  /** Last part of the path. */
  readonly name: string
  readonly kind: 'file' | 'folder'
  /** First bytes of a file, unpacked where gzipped; empty for folders. */
  head(): Promise<Uint8Array>
  /** The bytes of a file, unpacked where gzipped. */
  stream(): Promise<AsyncIterable<Uint8Array>>
  /** The files of a folder; none for a file. */
  tree(): Promise<Tree>
}

async function magic(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function* unpacked(file: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 })
  if (!isGzip(await magic(file))) {
    yield* raw as AsyncIterable<Uint8Array>
    return
  }
  const gunzip = createGunzip()
  raw.on('error', (error) => gunzip.destroy(error))
  raw.pipe(gunzip)
  try {
    yield* gunzip as AsyncIterable<Uint8Array>
  } finally {
    raw.destroy()
  }
}

/** First `limit` bytes of a stream; what breaks after some bytes is not the head's matter. */
export async function headOf(stream: AsyncIterable<Uint8Array>, limit = HEAD): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of stream) {
      parts.push(part)
      size += part.length
      if (size >= limit) break
    }
  } catch (error) {
    if (size === 0) throw error
  }
  return Buffer.concat(parts).subarray(0, limit)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}

/** @throws the file system's error where the path is missing or not readable. */
export async function openSource(path: string): Promise<Source> {
  const file = resolve(path)
  const info = await stat(file)
  const kind = info.isDirectory() ? 'folder' : 'file'
  if (kind === 'file') {
    if (!info.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'NOTFILE' })
    await magic(file)
  }
  return {
    path,
    file,
    name: basename(file),
    kind,
    head: once(() => (kind === 'folder' ? Promise.resolve(new Uint8Array(0)) : headOf(unpacked(file)))),
    stream: () => Promise.resolve(unpacked(file)),
    tree: once(() => diskTree(file)),
  }
}
