// How many threads a run's programs take: small steps gain nothing from a second one and suffer when it is taken away.
import type { Network } from '../models/network.ts'

/** Floating-point operations of one run below which one thread is used: about 1 ms of one core. */
const SMALL = 8e7

/** Floating-point operations of a training step: backward costs about twice the forward pass. */
export const stepWork = ({ multiplyAdds }: Pick<Network, 'multiplyAdds'>, batch: number): number => 2 * 3 * batch * multiplyAdds

export const isShort = (work: number): boolean => work < SMALL

/** Floating-point operations of a run, about 20 s. */
const LONG_RUN = 2e12

export const isLongRun = (work: number, steps: number): boolean => work * steps >= LONG_RUN

/** Floating-point operations of a step too long to share a run with others: about 3 ms. */
const LONG_STEP = 3e8
export const isLongStep = (work: number): boolean => work >= LONG_STEP

/** Whether `steps` of so much work run beside the loop from the first: later, what a step takes would be taken twice, once in each thread. */
export const startsBeside = (work: number, steps: number): boolean => isLongStep(work) && isLongRun(work, steps)

/**
 * Threads for a program of `work` floating-point operations; undefined leaves the choice to the compiler of programs.
 * ONNX Runtime's threads wait for each other by spinning: with another process on their core a two-thread run was
 * measured up to three times slower than on one thread. On an idle machine two threads take a step of 90 MFLOP (an MLP
 * on 28×28 pictures) from 1.2 to 0.75 ms; below about 1 ms there is little to gain.
 */
export function threadsFor(work: number): number | undefined {
  return isShort(work) ? 1 : undefined
}

/** Of a whole step in its form; null leaves the choice to the compiler of programs. */
export const programThreads = ({ threads }: { readonly threads: number | null }, net: Pick<Network, 'multiplyAdds'>, batch: number): number | null => threads ?? threadsFor(stepWork(net, batch)) ?? null
