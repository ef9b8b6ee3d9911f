// The loopback host: who is let in, what is served, and what an RPC connection carries.
import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import sharp from 'sharp'
import { expect, onTestFinished, test, vi } from 'vitest'
import WebSocket from 'ws'
import type { contract } from '../../main/api/contract/index.ts'
import type { AppEvent } from '../../main/api/contract/events.ts'
import { serializers } from '../../main/api/contract/serializers.ts'
import { startServer, type RunningServer } from '../../main/server/server.ts'
import { smallProject, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** By node:http, since fetch does not let Host and Origin be set. */
function ask(server: RunningServer, target: string, { method = 'GET', headers = {}, body }: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: Uint8Array | string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path: target, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => { resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }) })
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function start(folder: string, options: Parameters<typeof startServer>[0] = {}): Promise<RunningServer> {
  const pageFolder = path.join(folder, 'page')
  await mkdir(path.join(pageFolder, 'assets'), { recursive: true })
  await writeFile(path.join(pageFolder, 'index.html'), '<!doctype html><title>Lathe</title>')
  await writeFile(path.join(pageFolder, 'assets', 'a.js'), 'export {}')
  await writeFile(path.join(folder, 'secret.txt'), 'secret')
  const server = await startServer({ pageFolder, dataFolder: path.join(folder, 'data'), projectsFolder: path.join(folder, 'projects'), ...options })
  onTestFinished(() => server.close())
  return server
}

/** Status of a WebSocket's handshake: 101 when it opens. */
function handshake(server: RunningServer, target: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, { headers })
    socket.on('open', () => { socket.close(); resolve(101) })
    socket.on('unexpected-response', (_request, response) => { response.resume(); socket.terminate(); resolve(response.statusCode ?? 0) })
    socket.on('error', () => undefined)
  })
}

test('token, Host and Origin are checked on everything', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder)
  const cookie = `lathe-${server.port}=${server.token}`
  const good = { cookie }
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${server.token}`)
  expect(Buffer.from(server.token, 'base64url').length).toBe(32)

  for (const target of ['/', '/assets/a.js', '/media/sample?project=x&id=1', '/media/thumb?project=x&id=1', `/?token=${server.token.slice(0, -1)}x`, '/?token=']) expect((await ask(server, target)).status, target).toBe(401)
  expect((await ask(server, '/', { headers: { cookie: `lathe-${server.port}=wrong` } })).status).toBe(401)
  expect((await ask(server, '/upload?batch=a&path=x.png', { method: 'POST', body: 'x' })).status).toBe(401)

  for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port + 1}`]) expect((await ask(server, '/', { headers: { ...good, host } })).status, host).toBe(403)
  expect((await ask(server, '/', { headers: { ...good, host: `localhost:${server.port}` } })).status).toBe(200)

  const origin = `http://127.0.0.1:${server.port}`
  for (const wrong of ['http://evil.example', 'null', `https://127.0.0.1:${server.port}`, `http://127.0.0.1:${server.port + 1}`]) {
    expect((await ask(server, '/upload?batch=a&path=x.png', { method: 'POST', body: 'x', headers: { ...good, origin: wrong } })).status, wrong).toBe(403)
    expect(await handshake(server, '/rpc', { ...good, origin: wrong }), wrong).toBe(403)
  }
  expect((await ask(server, '/upload?batch=a&path=x.png', { method: 'POST', body: 'x', headers: { ...good, origin } })).status).toBe(200)
  expect(await handshake(server, '/rpc', { ...good, origin })).toBe(101)
  expect(await handshake(server, `/rpc?token=${server.token}`)).toBe(101)
  expect(await handshake(server, '/rpc')).toBe(401)
  expect(await handshake(server, '/rpc?token=wrong')).toBe(401)
  expect(await handshake(server, '/rpc', { ...good, host: 'evil.example' })).toBe(403)
  expect(await handshake(server, '/other', good)).toBe(404)
})

test('a typed address gives the cookie and takes the token out of the address bar; the page runs under a strict policy', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder)
  const typed = await ask(server, `/?token=${server.token}`, { headers: { 'sec-fetch-site': 'none' } })
  expect(typed).toMatchObject({ status: 302, headers: { location: '/' } })
  const [cookie = ''] = typed.headers['set-cookie'] ?? []
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
  const page = await ask(server, '/', { headers: { cookie: cookie.split(';')[0] ?? '' } })
  expect(page.status).toBe(200)
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(page.headers['x-content-type-options']).toBe('nosniff')
  const linked = await ask(server, `/?token=${server.token}`)
  expect(linked.status).toBe(200)
  expect(linked.headers['set-cookie']?.[0]).toContain(server.token)
})

test('nothing outside the page folder and the folders of the host is reached', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder)
  const headers = { cookie: `lathe-${server.port}=${server.token}` }
  for (const target of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/%00', '/assets', '/nothing.js', '//secret.txt']) {
    const answer = await ask(server, target, { headers })
    expect(answer.status, target).toBeGreaterThanOrEqual(403)
    expect(answer.body.toString(), target).not.toContain('secret')
  }
  expect((await ask(server, '/', { method: 'DELETE', headers })).status).toBe(405)

  const outside = path.join(folder, 'outside.lathe')
  await expect(server.services.projects.create({ path: outside, task: 'image-classification' })).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringContaining(path.join(folder, 'projects')) as string })
  await symlink(folder, path.join(folder, 'projects', 'out'))
  await expect(server.services.projects.create({ path: path.join(folder, 'projects', 'out', 'x.lathe'), task: 'image-classification' })).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(server.services.projects.open({ path: '/etc/passwd' })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('pictures: original bytes with their type, thumbnails as PNG, parts by Range', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder)
  const headers = { cookie: `lathe-${server.port}=${server.token}` }
  const project = await smallProject(server.services, path.join(folder, 'projects'), { perClass: 1, classes: ['0', '1'] })
  const query = `project=${encodeURIComponent(project)}&id=1`
  const whole = await ask(server, `/media/sample?${query}`, { headers })
  expect(whole).toMatchObject({ status: 200, headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes' } })
  expect((await sharp(whole.body).metadata()).width).toBe(8)
  const part = await ask(server, `/media/sample?${query}`, { headers: { ...headers, range: 'bytes=1-3' } })
  expect(part).toMatchObject({ status: 206, headers: { 'content-range': `bytes 1-3/${whole.body.length}` } })
  expect(part.body.toString('latin1')).toBe('PNG')
  expect((await ask(server, `/media/sample?${query}`, { headers: { ...headers, range: `bytes=${whole.body.length}-` } })).status).toBe(416)
  expect((await ask(server, `/media/sample?${query}`, { headers: { ...headers, range: 'bytes=-4' } })).body).toEqual(whole.body.subarray(-4))
  expect((await ask(server, `/media/sample?${query}`, { headers: { ...headers, 'if-none-match': String(whole.headers.etag) } })).status).toBe(304)
  const thumb = await ask(server, `/media/thumb?${query}&size=64`, { headers })
  expect(thumb).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
  expect((await sharp(thumb.body).metadata()).width).toBe(8)
  expect((await ask(server, `/media/sample?project=${encodeURIComponent(project)}&id=99`, { headers })).status).toBe(404)
  expect((await ask(server, '/media/sample?project=x&id=abc', { headers })).status).toBe(400)
  expect((await ask(server, '/media/thumb?project=%2Fetc%2Fpasswd&id=1', { headers })).status).toBe(403)
})

test('uploads keep their folders, stay in theirs, and are bounded', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder, { uploadLimits: { file: 1000, total: 2000 } })
  const headers = { cookie: `lathe-${server.port}=${server.token}` }
  const post = (name: string, body: Uint8Array, extra: Record<string, string> = {}): Promise<Answer> => ask(server, `/upload?batch=b-1&path=${encodeURIComponent(name)}`, { method: 'POST', headers: { ...headers, ...extra }, body })
  const stored = await post('cats/a.png', new Uint8Array(600))
  expect(stored.status).toBe(200)
  const { path: file, root } = JSON.parse(stored.body.toString()) as { path: string; root: string }
  expect(path.relative(root, file)).toBe(path.join('cats', 'a.png'))
  expect((await stat(file)).size).toBe(600)
  expect((await post('big.png', new Uint8Array(1001))).status).toBe(413)
  expect((await post('big.png', new Uint8Array(1001), { 'transfer-encoding': 'chunked' })).status).toBe(413)
  expect(await readdir(root)).toEqual(['cats'])
  expect((await post('b.png', new Uint8Array(1000))).status).toBe(200)
  expect((await post('c.png', new Uint8Array(500))).status).toBe(413)
  for (const bad of ['../x.png', '..\\x.png', 'a/../../x.png', '/', 'a\0b']) expect((await post(bad, new Uint8Array(1))).status, bad).toBe(400)
  expect((await ask(server, '/upload?batch=..%2F..&path=x', { method: 'POST', headers, body: 'x' })).status).toBe(400)
})

test('RPC: typed errors, a stream that ends with its connection, and no path outside', async () => {
  const folder = await temporaryFolder()
  const server = await start(folder)
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc?token=${server.token}`)
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ websocket: socket, customJsonSerializers: serializers }))
  expect(await client.system.info()).toMatchObject({ host: 'server', dialogs: false, open: null })
  const { samples } = await client.system.catalog()
  expect(samples.map((sample) => sample.id)).toContain('digits')

  const seen: AppEvent[] = []
  const stream = await client.system.watch()
  const reading = (async () => { for await (const event of stream) seen.push(event) })().catch(() => undefined)
  const project = await smallProject(server.services, path.join(folder, 'projects'), { perClass: 2, classes: ['0', '1'] })
  await expect.poll(() => seen.map((event) => event.type)).toContain('changed')
  expect(seen[0]?.type).toBe('engine')

  const { total, rows } = await client.samples.list({ project, filter: {}, order: 'id', descending: false, offset: 0, limit: 10 })
  expect([total, rows.length]).toEqual([4, 4])
  await expect(client.samples.get({ project, id: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { kind: 'not-found', message: expect.stringContaining('99') as string } })
  await expect(client.projects.open({ path: '/etc/passwd' })).rejects.toMatchObject({ code: 'FORBIDDEN', data: { kind: 'forbidden' } })
  await expect(client.samples.counts({ project: path.join(folder, 'projects', 'other.lathe') })).rejects.toMatchObject({ data: { kind: 'not-found', message: expect.stringContaining('open it first') as string } })
  await expect(client.samples.list({ project, filter: {}, order: 'id', descending: false, offset: -1, limit: 10 })).rejects.toMatchObject({ code: 'USAGE', data: { kind: 'usage', message: expect.stringContaining('offset') as string } })

  const listening = server.services.events.listeners
  socket.terminate()
  await reading
  await expect.poll(() => server.services.events.listeners).toBe(listening - 1)
})
