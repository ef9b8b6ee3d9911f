// How many threads a run's programs take: small steps gain nothing from a second one and suffer when it is taken away.

/** Floating-point operations of one run below which one thread is used: about 10 ms of one core. */
const SMALL = 1e9

/**
 * Threads for a program of `multiplyAdds`; undefined leaves the choice to the compiler of programs.
 * ONNX Runtime's threads wait for each other by spinning: with another process on their core a two-thread run of a
 * small step was measured up to three times slower than on one thread, for a gain of 15 % on an idle machine.
 */
export function threadsFor(multiplyAdds: number): number | undefined {
  return 2 * multiplyAdds < SMALL ? 1 : undefined
}
