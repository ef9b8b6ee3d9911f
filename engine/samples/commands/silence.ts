// Clips without speech: noise of five colours at levels from barely to clearly heard.
import { noise, noises } from '../../audio/noise.ts'
import { encodeWav } from '../../audio/wav.ts'
import type { Split } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'

const SEED = 20_261_124
const CLIPS = 80
const RATE = 16_000

/** Of every eight clips five train, one validates and two test; five and eight share no divisor, so each colour comes in each split. */
const splitOf = (i: number): Split => (i % 8 < 5 ? 'train' : i % 8 === 5 ? 'val' : 'test')

export function* silence(): Generator<{ readonly name: string; readonly bytes: Uint8Array; readonly split: Split }> {
  for (let i = 0; i < CLIPS; i++) {
    const random = new Random(SEED, 'sample', i)
    const samples = noise(noises[i % noises.length] ?? 'pink', Math.round((0.7 + 0.4 * random.uniform()) * RATE), RATE, random)
    // A tenth of a thousandth to a thirtieth of full scale, evenly on the logarithmic scale.
    const level = 10 ** (-4 + 2.5 * random.uniform())
    yield { name: `silence/${String(i).padStart(2, '0')}.wav`, bytes: encodeWav({ rate: RATE, samples: samples.map((v) => level * v) }), split: splitOf(i) }
  }
}
