// The window's page: files of the built renderer, with the policy under which they run.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { fileSource, ranged } from './range.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Nothing from elsewhere, no inline or evaluated script. `'self'` covers the host's own WebSocket. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SAFE_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin' } as const

/** Serves `pathname` from `folder` and nothing outside it. */
export async function page(request: Request, folder: string, pathname: string): Promise<Response> {
  const root = path.resolve(folder)
  const file = path.resolve(root, `.${pathname === '/' ? '/index.html' : pathname}`)
  if (!file.startsWith(root + path.sep) || pathname.includes('\0')) return new Response('forbidden', { status: 403 })
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) return new Response(pathname === '/' ? 'the window is not built: run "npm run build"' : 'not found', { status: 404 })
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
  const headers = new Headers({ ...SAFE_HEADERS, 'content-type': type, 'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' })
  if (type.startsWith('text/html')) {
    headers.set('content-security-policy', CONTENT_SECURITY_POLICY)
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  }
  return ranged(request, fileSource(file, info.size), headers)
}
