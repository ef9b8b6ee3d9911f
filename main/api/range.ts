// Range: bytes or a file as an HTTP response, whole or in part (RFC 9110 section 14).
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'

interface Slice {
  readonly start: number
  /** Inclusive. */
  readonly end: number
}

/** Null: the whole; 'unsatisfiable': 416. A header with several ranges is served whole, as the RFC allows. */
function slice(header: string | null, size: number): Slice | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const count = Number(last)
    return count === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - count), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}

export interface Source {
  readonly size: number
  /** Bytes `start` to `end`, inclusive. */
  read(start: number, end: number): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}
export const bytesSource = (bytes: Uint8Array<ArrayBuffer>): Source => ({ size: bytes.length, read: (start, end) => bytes.subarray(start, end + 1) })
export const fileSource = (path: string, size: number): Source => ({
  size,
  read: (start, end) => Readable.toWeb(createReadStream(path, { start, end })) satisfies NodeStream as ReadableStream<Uint8Array>,
})

export function ranged(request: Request, source: Source, headers: Headers): Response {
  headers.set('accept-ranges', 'bytes')
  const part = slice(request.headers.get('range'), source.size)
  if (part === 'unsatisfiable') {
    headers.set('content-range', `bytes */${source.size}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = part ?? { start: 0, end: source.size - 1 }
  if (part) headers.set('content-range', `bytes ${start}-${end}/${source.size}`)
  headers.set('content-length', String(end - start + 1))
  const empty = request.method === 'HEAD' || source.size === 0
  return new Response(empty ? null : source.read(start, end), { status: part ? 206 : 200, headers })
}
