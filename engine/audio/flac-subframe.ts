// One channel of a FLAC frame: a constant, plain samples, or what a predictor left over. RFC 9639, section 9.2.
import { DecodeError } from '../data/decode-error.ts'
import type { BitReader } from './bit-reader.ts'

/** Coefficients of the fixed predictors by order (section 9.2.5). */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]]

/** `depth` bits a sample. Null where the data end before it does. */
export function readSubframe(bits: BitReader, size: number, depth: number): Float64Array | null {
  bits.read(1)
  const type = bits.read(6)
  const wasted = bits.read(1) === 1 ? bits.readUnary() + 1 : 0
  const width = depth - wasted
  if (width < 1) throw new DecodeError('corrupt FLAC: a channel without bits')
  const out = new Float64Array(size)
  if (!fill(out, bits, type, width)) return null
  if (wasted > 0) for (let i = 0; i < size; i++) out[i] = (out[i] ?? 0) * 2 ** wasted
  return out
}

function fill(out: Float64Array, bits: BitReader, type: number, width: number): boolean {
  if (type === 0) {
    out.fill(bits.readSigned(width))
    return !bits.overrun()
  }
  if (type === 1) {
    for (let i = 0; i < out.length; i++) out[i] = bits.readSigned(width)
    return !bits.overrun()
  }
  const fixed = type >= 8 && type <= 12 ? FIXED[type - 8] : undefined
  const order = fixed ? fixed.length : type >= 32 ? type - 31 : -1
  if (order < 0 || order > out.length) throw new DecodeError('corrupt FLAC: a predictor that does not exist')
  for (let i = 0; i < order; i++) out[i] = bits.readSigned(width)
  if (fixed) return readResidual(out, bits, order) && predict(out, fixed, 0)
  const precision = bits.read(4) + 1
  const shift = bits.readSigned(5)
  if (precision === 16 || shift < 0) throw new DecodeError('corrupt FLAC: a predictor that does not exist')
  const coefficients = Array.from({ length: order }, () => bits.readSigned(precision))
  return readResidual(out, bits, order) && predict(out, coefficients, shift)
}

/** Adds what the samples before foretell. In doubles, which hold the sums exactly: they need up to 52 bits. */
function predict(out: Float64Array, coefficients: readonly number[], shift: number): boolean {
  const order = coefficients.length
  const scale = 2 ** -shift
  for (let i = order; i < out.length; i++) {
    let sum = 0
    for (let j = 0; j < order; j++) sum += (coefficients[j] ?? 0) * (out[i - 1 - j] ?? 0)
    out[i] = (out[i] ?? 0) + Math.floor(sum * scale)
  }
  return true
}

/** Rice codes in partitions (section 9.2.7), written after the first `order` samples. */
function readResidual(out: Float64Array, bits: BitReader, order: number): boolean {
  const method = bits.read(2)
  if (method > 1) throw new DecodeError('corrupt FLAC: a residual of an unknown kind')
  const width = method === 0 ? 4 : 5
  const escape = 2 ** width - 1
  const partitions = 2 ** bits.read(4)
  const each = out.length / partitions
  if (!Number.isInteger(each) || each < order) throw new DecodeError('corrupt FLAC: partitions that do not fit the frame')
  for (let p = 0, i = order; p < partitions; p++) {
    const parameter = bits.read(width)
    const raw = parameter === escape ? bits.read(5) : -1
    for (const end = (p + 1) * each; i < end; i++) {
      if (raw >= 0) out[i] = bits.readSigned(raw)
      else {
        const quotient = bits.readUnary()
        if (quotient < 0) return false
        const folded = quotient * 2 ** parameter + bits.read(parameter)
        out[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
      }
    }
    if (bits.overrun()) return false
  }
  return true
}
