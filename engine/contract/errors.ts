// LatheError: the one typed error that crosses processes, as {kind, message, details}.
import { z } from 'zod'

/** What went wrong, for code; the message is for people. */
export const ERROR_KINDS = [
  'usage', // wrong arguments or an unknown name
  'not-found', // a file, project, run or sample that is not there
  'not-a-project', // a file that is no Lathe project: not SQLite, foreign, truncated, hostile schema
  'newer-version', // a project written by a newer Lathe
  'read-only', // a file or folder that cannot be written
  'locked', // held by another process
  'disk-full',
  'corrupt', // a project or checkpoint that fails its integrity check
  'conflict', // the state does not allow it (run already finished, name taken)
  'data', // the data do not allow it (no labels, one class only, NaN)
  'diverged', // NaN or Inf during training
  'graph', // a graph that cannot be built, verified, imported or run
  'parity', // an exported file that does not give the app's numbers
  'engine', // the engine process ended or failed
  'forbidden', // outside the folders this host may touch
  'cancelled',
  'internal',
] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

export const serializedError = z.object({ kind: z.enum(ERROR_KINDS), message: z.string(), details: z.record(z.string(), z.unknown()).optional() })
export type SerializedError = z.infer<typeof serializedError>

/** The message names the thing, what was expected, what was found and what to do. */
export class LatheError extends Error {
  override readonly name = 'LatheError'
  readonly kind: ErrorKind
  readonly details: Record<string, unknown> | undefined

  constructor(kind: ErrorKind, message: string, details?: Record<string, unknown>, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.details = details
  }
}

export function serializeError(error: unknown): SerializedError {
  if (error instanceof LatheError) return { kind: error.kind, message: error.message, ...(error.details && { details: error.details }) }
  if (error instanceof Error && 'kind' in error && error.kind === 'graph') return { kind: 'graph', message: error.message }
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'cancelled', message: 'cancelled' }
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error) }
}

export function deserializeError(error: SerializedError): LatheError {
  return new LatheError(error.kind, error.message, error.details)
}

export function assertNever(value: never, what: string): never {
  throw new LatheError('internal', `${what}: unexpected ${JSON.stringify(value)}`)
}
