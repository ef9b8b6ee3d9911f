// Access: who may talk to the loopback host: right Host, right Origin, and the token by address or cookie.
import { randomBytes, timingSafeEqual } from 'node:crypto'

export type Refusal = { readonly status: 401 | 403; readonly reason: string }

/** The parts of a request that decide. */
export interface Asked {
  readonly method: string
  readonly url: URL
  header(name: string): string | undefined
}

const SAFE_METHODS = new Set(['GET', 'HEAD'])

export class Access {
  readonly token = randomBytes(32).toString('base64url')
  readonly #token = Buffer.from(this.token)
  readonly #hosts: ReadonlySet<string>
  readonly #cookie: string

  /** `port` as bound; the names are those under which a browser on this machine reaches it. */
  constructor(port: number) {
    this.#hosts = new Set(['127.0.0.1', 'localhost'].map((name) => `${name}:${port}`))
    this.#cookie = `lathe-${port}`
  }

  /** Null when the request may pass. `upgrade`: a WebSocket, which writes whatever its method says. */
  refusal(asked: Asked, upgrade = false): Refusal | null {
    const host = asked.header('host') ?? ''
    // Another name that resolves to this machine (DNS rebinding) would be another origin's page.
    if (!this.#hosts.has(host)) return { status: 403, reason: `wrong Host ${JSON.stringify(host)}` }
    const origin = asked.header('origin')
    if ((upgrade || !SAFE_METHODS.has(asked.method)) && origin !== undefined && origin !== `http://${host}`) return { status: 403, reason: `wrong Origin ${JSON.stringify(origin)}` }
    if (!this.byAddress(asked) && !this.#byCookie(asked)) return { status: 401, reason: 'wrong or missing token: open the address that "lathe serve" printed' }
    return null
  }

  byAddress(asked: Asked): boolean {
    return this.#same(asked.url.searchParams.get('token'))
  }

  setCookie(): string {
    return `${this.#cookie}=${this.token}; HttpOnly; SameSite=Strict; Path=/`
  }

  #byCookie(asked: Asked): boolean {
    const pairs = (asked.header('cookie') ?? '').split(';').map((pair) => pair.trim())
    return pairs.some((pair) => pair.startsWith(`${this.#cookie}=`) && this.#same(pair.slice(this.#cookie.length + 1)))
  }

  #same(given: string | null): boolean {
    const bytes = Buffer.from(given ?? '')
    return bytes.length === this.#token.length && timingSafeEqual(bytes, this.#token)
  }
}
