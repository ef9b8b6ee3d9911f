// Noise by formula and seed: white, pink, brown, hum and crackle.
import type { Random } from '../data/random.ts'

export const noises = ['white', 'pink', 'brown', 'hum', 'crackle'] as const
export type Noise = (typeof noises)[number]

/** Samples of deviation about 1 (`hum` and `crackle`: of that power), drawn from `random`. */
export function noise(kind: Noise, length: number, rate: number, random: Random): Float32Array {
  switch (kind) {
    case 'white':
      return Float32Array.from({ length }, () => random.normal())
    case 'pink':
      return pink(length, random)
    case 'brown':
      return brown(length, random)
    case 'hum':
      return hum(length, rate, random)
    case 'crackle':
      return crackle(length, rate, random)
  }
}

/** 1/f power by the three-pole filter of Paul Kellet, accurate to 0.5 dB above 0.2 % of the rate. https://www.firstpr.com.au/dsp/pink-noise/ */
function pink(length: number, random: Random): Float32Array {
  let [a, b, c] = [0, 0, 0]
  return Float32Array.from({ length }, () => {
    const white = random.normal()
    a = 0.99765 * a + 0.099046 * white
    b = 0.963 * b + 0.2965164 * white
    c = 0.57 * c + 1.0526913 * white
    return (a + b + c + 0.1848 * white) / 2.2
  })
}

/** 1/f² power, with a leak that keeps it near 0. */
function brown(length: number, random: Random): Float32Array {
  const leak = 0.99
  let at = random.normal()
  return Float32Array.from({ length }, () => {
    at = leak * at + Math.sqrt(1 - leak * leak) * random.normal()
    return at
  })
}

/** The mains and its harmonics. */
function hum(length: number, rate: number, random: Random): Float32Array {
  const base = random.uniform() < 0.5 ? 50 : 60
  const parts = [1, 2, 3, 5].map((k) => ({ angle: (2 * Math.PI * base * k) / rate, phase: 2 * Math.PI * random.uniform(), level: 1 / k }))
  return Float32Array.from({ length }, (_, i) => parts.reduce((sum, p) => sum + p.level * Math.sin(p.angle * i + p.phase), 0) + 0.1 * random.normal())
}

/** Clicks that die away within milliseconds, about twelve a second. */
function crackle(length: number, rate: number, random: Random): Float32Array {
  const decay = Math.exp(-1 / (0.001 * rate))
  let level = 0
  return Float32Array.from({ length }, () => {
    if (random.uniform() < 12 / rate) level += 4 + 8 * random.uniform()
    level *= decay
    return level * random.normal() + 0.05 * random.normal()
  })
}
