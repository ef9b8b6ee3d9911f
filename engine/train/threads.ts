// How many threads a run's programs take: small steps gain nothing from a second one and suffer when it is taken away.

/** Floating-point operations of one run below which one thread is used: about 1 ms of one core. */
const SMALL = 8e7

/**
 * Threads for a program of `multiplyAdds`; undefined leaves the choice to the compiler of programs.
 * ONNX Runtime's threads wait for each other by spinning: with another process on their core a two-thread run was
 * measured up to three times slower than on one thread. On an idle machine two threads take a step of 90 MFLOP (an MLP
 * on 28×28 pictures) from 1.2 to 0.75 ms; below about 1 ms there is little to gain.
 */
export function threadsFor(multiplyAdds: number): number | undefined {
  return 2 * multiplyAdds < SMALL ? 1 : undefined
}
