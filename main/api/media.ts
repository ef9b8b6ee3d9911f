// The one fetch-style handler of both hosts: page, pictures of samples, exported files, uploads.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { LatheError, serializeError, type ErrorKind, type SerializedError } from '../../engine/contract/errors.ts'
import { exportId, sampleId } from '../../engine/contract/ids.ts'
import type { Services } from '../services/index.ts'
import { page, SAFE_HEADERS } from './page.ts'
import { bytesSource, fileSource, ranged } from './range.ts'
import { Thumbnails } from './thumbnails.ts'

export interface MediaOptions {
  readonly services: Services
  /** Folder of the built window. */
  readonly pageFolder: string
}
export type Media = (request: Request) => Promise<Response>

/** Formats that a browser shows; everything else leaves as plain bytes. SVG never: it can carry script. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff', 'audio/wav', 'audio/mpeg', 'audio/flac', 'audio/ogg', 'text/plain', 'application/json'])
const STATUS: Partial<Record<ErrorKind, number>> = { usage: 400, data: 413, 'not-found': 404, conflict: 409, forbidden: 403, locked: 423, 'disk-full': 507 }

const sampleQuery = z.object({ project: z.string().min(1).max(4096), id: z.coerce.number().pipe(sampleId) })
const thumbQuery = sampleQuery.extend({ size: z.coerce.number().int().min(8).max(1024).default(128) })
const exportQuery = z.object({ project: z.string().min(1).max(4096), id: z.coerce.number().pipe(exportId) })
const uploadQuery = z.object({ batch: z.string(), path: z.string().min(1).max(4096) })

const refuse = (error: SerializedError): Response => Response.json(error, { status: STATUS[error.kind] ?? 500, headers: SAFE_HEADERS })

export function createMedia({ services, pageFolder }: MediaOptions): Media {
  const thumbnails = new Thumbnails()
  const app = new Hono()

  /** A picture never changes under its key, so a browser that has it is told so. */
  const picture = async (request: Request, key: string, type: string, read: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Response> => {
    const etag = `"${key}"`
    const headers = new Headers({ ...SAFE_HEADERS, etag, 'cache-control': 'private, no-cache' })
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    const bytes = await read()
    headers.set('content-type', SHOWN.has(type) ? type : 'application/octet-stream')
    headers.set('content-security-policy', "default-src 'none'; sandbox")
    return ranged(request, bytesSource(bytes), headers)
  }

  app.on(['GET', 'HEAD'], '/media/sample', async (c) => {
    const { project, id } = sampleQuery.parse(c.req.query())
    const { sha256, mime } = services.samples.key(project, id)
    return picture(c.req.raw, sha256, mime, async () => new Uint8Array((await services.samples.bytes(project, id)).bytes))
  })
  app.on(['GET', 'HEAD'], '/media/thumb', async (c) => {
    const { project, id, size } = thumbQuery.parse(c.req.query())
    const { sha256 } = services.samples.key(project, id)
    return picture(c.req.raw, `${sha256}-${size}`, 'image/png', () => thumbnails.get(sha256, size, () => services.samples.bytes(project, id)))
  })
  app.on(['GET', 'HEAD'], '/media/export', async (c) => {
    const { project, id } = exportQuery.parse(c.req.query())
    const file = services.results.exported(project, id)
    const info = await stat(file).catch(() => null)
    if (!info?.isFile()) throw new LatheError('not-found', `${file}: the exported file is not there any more; export the run again`, { path: file })
    const headers = new Headers({ ...SAFE_HEADERS, 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(path.basename(file))}`, 'cache-control': 'private, no-cache' })
    return ranged(c.req.raw, fileSource(file, info.size), headers)
  })
  app.post('/upload', async (c) => {
    const query = uploadQuery.parse(c.req.query())
    const declared = c.req.header('content-length')
    const stored = await services.uploads.receive(query.batch, query.path, c.req.raw.body, declared === undefined ? null : Number(declared))
    return Response.json(stored, { headers: SAFE_HEADERS })
  })
  app.on(['GET', 'HEAD'], '/*', (c) => page(c.req.raw, pageFolder, decodePath(c.req.url)))
  app.all('/*', () => new Response('method not allowed', { status: 405, headers: SAFE_HEADERS }))
  app.onError((error) => refuse(error instanceof z.ZodError ? { kind: 'usage', message: z.prettifyError(error) } : serializeError(error)))
  return async (request) => app.fetch(request)
}

function decodePath(url: string): string {
  const { pathname } = new URL(url)
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/\0'
  }
}
