// Tree over a zip archive, with its traps refused by name: path escape, bombs, links, encryption.
import { getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl'
import { LatheError } from '../../contract/errors.ts'
import { isHidden, makeTree, type Tree, type TreeEntry } from './tree.ts'

/** Deflate cannot exceed 1032:1; honest images stay far below, uncompressed ones of one colour excepted, which are small. */
const MAX_RATIO = 200
const RATIO_FREE = 4 * 1024 * 1024
const MAX_ENTRY = 512 * 1024 * 1024
const MAX_TOTAL = 64 * 1024 * 1024 * 1024
const MAX_ENTRIES = 2_000_000

const ENCRYPTED = 0x1
const METHODS = new Set([0, 8])
const isLink = (entry: Entry): boolean => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000

function refusal(entry: Entry, name: string): string | null {
  if (validateFileName(name) !== null || name.includes('\0')) return 'path leads out of the archive'
  if (entry.generalPurposeBitFlag & ENCRYPTED) return 'encrypted'
  if (isLink(entry)) return 'symbolic link in the archive'
  if (!METHODS.has(entry.compressionMethod)) return `compression method ${entry.compressionMethod} is not supported`
  if (entry.uncompressedSize > MAX_ENTRY) return 'unpacks to over 512 MB'
  if (entry.uncompressedSize > RATIO_FREE && entry.uncompressedSize > entry.compressedSize * MAX_RATIO) return `unpacks to over ${MAX_RATIO} times its size`
  return null
}

/** @throws {LatheError} `data` where the archive as a whole is broken or a bomb. */
export async function zipTree(file: string): Promise<Tree> {
  let zip: ZipFile
  try {
    zip = await openPromise(file, { autoClose: false, decodeStrings: false, validateEntrySizes: true })
  } catch {
    throw new LatheError('data', 'corrupt zip')
  }
  try {
    return await list(zip)
  } catch (error) {
    zip.close()
    throw error instanceof LatheError ? error : new LatheError('data', 'corrupt zip')
  }
}

async function list(zip: ZipFile): Promise<Tree> {
  if (zip.entryCount > MAX_ENTRIES) throw new LatheError('data', `zip of over ${MAX_ENTRIES} entries`)
  const entries: TreeEntry[] = []
  // Reads that were begun before close() still finish.
  let pending = 0
  let closing = false
  const release = (): void => {
    if (closing && pending === 0) zip.close()
  }
  const hold = async <T>(work: () => Promise<T>): Promise<T> => {
    pending++
    try {
      return await work()
    } finally {
      pending--
      release()
    }
  }
  let packed = 0
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
    if (path.endsWith('/')) continue
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    if (isHidden(path) && !path.split('/').includes('..')) continue
    const refused = refusal(entry, path)
    entries.push({ path, file: null, refused, stream: () => zip.openReadStreamPromise(entry), read: () => hold(() => readAll(zip, entry)) })
  }
  // Entries that share bytes add up to more than the file holds: the overlapping bomb of Fifield (2019).
  if (packed > zip.fileSize) throw new LatheError('data', 'zip whose entries overlap')
  if (unpacked > MAX_TOTAL) throw new LatheError('data', 'zip that unpacks to over 64 GB')
  return makeTree(entries, () => {
    closing = true
    release()
  })
}

/** The size was bounded before; yauzl ends the stream with an error where the data disagree with it. */
async function readAll(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const stream: AsyncIterable<Uint8Array> = await zip.openReadStreamPromise(entry)
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}
