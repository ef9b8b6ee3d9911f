// Output types of procedures: the main process is trusted, so they are typed without a run-time check.
import { z } from 'zod'

export const typed = <T>(): z.ZodType<T, T> => z.custom<T>(() => true)

/** A project is named by its path in every call; it must be open in this host. */
export const projectRef = z.object({ project: z.string().min(1).max(4096) })
