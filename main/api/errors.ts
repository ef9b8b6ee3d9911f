// Error mapping: whatever a use-case throws reaches the window as ORPCError with `data: SerializedError`.
import { ORPCError, ValidationError } from '@orpc/server'
import { serializeError, type SerializedError } from '../../engine/contract/errors.ts'

const code = (kind: string): string => kind.toUpperCase().replaceAll('-', '_')
const carry = (error: SerializedError, cause: unknown): ORPCError<string, SerializedError> => new ORPCError(code(error.kind), { message: error.message, data: error, cause })

/** Wrong input of a procedure says which field was wrong; an unknown failure is `internal` with its message. */
function toRpcError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
      const issues = error.cause.issues.map((issue) => `${(issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.') || 'input'}: ${issue.message}`)
      return carry({ kind: 'usage', message: issues.join('; '), details: { issues } }, error)
    }
    return carry({ kind: error.code === 'NOT_FOUND' ? 'usage' : 'internal', message: error.message }, error)
  }
  return carry(serializeError(error), error)
}

/** Interceptor of every procedure call. */
export async function mapErrors<T>({ next }: { readonly next: () => Promise<T> }): Promise<T> {
  try {
    return await next()
  } catch (error) {
    throw toRpcError(error)
  }
}
