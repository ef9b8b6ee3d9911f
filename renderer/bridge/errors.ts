// AppError: every failure as the window sees it, whatever door it came through.
import { serializedError, type ErrorKind } from '../../engine/contract/errors.ts'

export type AppErrorKind = ErrorKind | 'disconnected'

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly kind: AppErrorKind
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(kind: AppErrorKind, message: string, details?: Readonly<Record<string, unknown>>) {
    super(message)
    this.kind = kind
    this.details = details
  }
}

/** Oneself, a `SerializedError` as a record holds it, the `SerializedError` an RPC error carries as `data`, an abort, or an internal error with its message. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const plain = serializedError.safeParse(error)
  if (plain.success) return new AppError(plain.data.kind, plain.data.message, plain.data.details)
  if (error instanceof Error && error.name === 'AbortError') return new AppError('cancelled', 'cancelled')
  if (error instanceof Error && 'data' in error) {
    const parsed = serializedError.safeParse(error.data)
    if (parsed.success) return new AppError(parsed.data.kind, parsed.data.message, parsed.data.details)
  }
  if (error instanceof Error && 'code' in error && error.code === 'BAD_REQUEST') return new AppError('usage', badRequest(error))
  return new AppError('internal', error instanceof Error ? error.message : String(error))
}

/** oRPC's input validation: names the fields that are wrong. */
function badRequest(error: Error): string {
  const data: unknown = 'data' in error ? error.data : undefined
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return error.message
  const lines = data.issues.map((issue: unknown) => {
    const { path, message } = issue as { path?: readonly unknown[]; message?: string }
    return `${(path ?? []).map(String).join('.') || 'input'}: ${message ?? 'not valid'}`
  })
  return lines.join('; ')
}

/** As it is copied: kind, message and details. */
export function errorText(error: AppError): string {
  return error.details ? `${error.kind}: ${error.message}\n${JSON.stringify(error.details, null, 2)}` : `${error.kind}: ${error.message}`
}
