// Decoding: exact samples of WAV and FLAC, MP3 and Ogg Vorbis by their tone, and every bad file refused with its reason.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeAudio, probeAudio } from './decode.ts'
import { decodeFlac } from './flac.ts'
import { decodeWav, encodeWav } from './wav.ts'

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../test/fixtures/audio/${name}`, import.meta.url)))
const ramp = Float32Array.from({ length: 480 }, (_, i) => (i - 240) / 256)

interface Wav {
  readonly tag?: number
  readonly bits?: number
  readonly rate?: number
  readonly channels?: readonly ArrayLike<number>[]
  readonly extensible?: boolean
}

/** A WAV file of any layout; values of full scale −1 to 1. */
function wav({ tag = 1, bits = 16, rate = 16_000, channels = [ramp], extensible = false }: Wav): Uint8Array {
  const count = channels[0]!.length
  const data = new DataView(new ArrayBuffer((count * channels.length * bits) / 8))
  let at = 0
  for (let i = 0; i < count; i++) {
    for (const c of channels) {
      const v = c[i]!
      if (tag === 3 && bits === 32) data.setFloat32(at, v, true)
      else if (tag === 3) data.setFloat64(at, v, true)
      else {
        const whole = Math.max(-(2 ** (bits - 1)), Math.min(2 ** (bits - 1) - 1, Math.round(v * 2 ** (bits - 1)))) + (bits === 8 ? 128 : 0)
        for (let b = 0; b < bits / 8; b++) data.setUint8(at + b, Math.floor(whole / 256 ** b) & 255)
      }
      at += bits / 8
    }
  }
  const fmt = Buffer.alloc(extensible ? 40 : 16)
  fmt.writeUInt16LE(extensible ? 0xfffe : tag, 0)
  fmt.writeUInt16LE(channels.length, 2)
  fmt.writeUInt32LE(rate, 4)
  fmt.writeUInt16LE((channels.length * bits) / 8, 12)
  fmt.writeUInt16LE(bits, 14)
  if (extensible) fmt.writeUInt16LE(tag, 24)
  const chunk = (id: string, body: Uint8Array): Buffer => {
    const head = Buffer.alloc(8)
    head.write(id)
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', fmt), chunk('LIST', Buffer.from('odd')), chunk('data', new Uint8Array(data.buffer))])
  return new Uint8Array(chunk('RIFF', body))
}

test.each([
  [{ bits: 8 }, 1 / 128], [{ bits: 16 }, 0], [{ bits: 24 }, 0], [{ bits: 32 }, 0], [{ tag: 3, bits: 32 }, 0], [{ tag: 3, bits: 64 }, 0], [{ bits: 24, extensible: true }, 0],
] as const)('WAV %o', async (options, tolerance) => {
  const { rate, samples } = await decodeAudio(wav(options))
  expect(rate).toBe(16_000)
  expect(samples.length).toBe(ramp.length)
  expect(Math.max(...ramp.map((v, i) => Math.abs(samples[i]! - v)))).toBeLessThanOrEqual(tolerance)
})

test('stereo becomes the mean of both, at any rate', async () => {
  for (const rate of [8_000, 44_100, 192_000]) {
    const left = new Float32Array(4000).fill(0.5)
    const bytes = wav({ rate, channels: [left, left.map((_, i) => (i % 2 === 0 ? 0.25 : -0.25))] })
    const sound = await decodeAudio(bytes)
    expect(sound.rate).toBe(rate)
    expect([...sound.samples.subarray(0, 2)]).toEqual([0.375, 0.125])
    expect(await probeAudio(bytes, 'a.wav')).toMatchObject({ channels: 2, samples: 4000, rate, mime: 'audio/wav', peak: 0.375 })
  }
})

test('what is written is read back', () => {
  const sound = { rate: 22_050, samples: Float32Array.of(0, 0.5, -1, 1.5, -0.25) }
  expect(decodeWav(encodeWav(sound))).toEqual({ rate: 22_050, channels: [Float32Array.of(0, 0.5, -1, 32767 / 32768, -0.25)] })
})

test('FLAC of 24 bits in stereo: exactly what libsndfile decodes', () => {
  const { rate, channels } = decodeFlac(fixture('noise24.flac'))
  const wanted = new Int32Array(fixture('noise24.i32').buffer)
  expect(rate).toBe(96_000)
  expect(channels.map((c) => c.length)).toEqual([1200, 1200])
  for (const [c, samples] of channels.entries()) expect([...samples].map((v) => v * 2 ** 31)).toEqual([...wanted].filter((_, i) => i % 2 === c))
})

test.each([['tone.mp3', 'audio/mpeg'], ['tone.ogg', 'audio/ogg']])('%s holds its tone', async (name, mime) => {
  const bytes = fixture(name)
  expect(await probeAudio(bytes, name)).toMatchObject({ mime, channels: 2, rate: 16_000, samples: 4000, seconds: 0.25 })
  const { samples } = await decodeAudio(bytes)
  // Amplitude of 440 Hz over whole periods: the mean of 0.5 and 0.25.
  const from = 400
  const count = (16_000 / 440) * 80
  let [re, im] = [0, 0]
  for (let i = 0; i < count; i++) {
    re += samples[from + i]! * Math.cos((2 * Math.PI * 440 * i) / 16_000)
    im += samples[from + i]! * Math.sin((2 * Math.PI * 440 * i) / 16_000)
  }
  expect((2 * Math.hypot(re, im)) / count).toBeCloseTo(0.375, 1)
})

test('silence is audio, with a peak of 0', async () => {
  expect(await probeAudio(wav({ channels: [new Float32Array(1600)] }), 'silence.wav')).toMatchObject({ peak: 0, seconds: 0.1 })
})

const flipped = (name: string, at: number): Uint8Array => fixture(name).map((b, i) => (i === at ? b ^ 0x55 : b))

test.each([
  ['nothing', new Uint8Array(0), 'empty file'],
  ['words', new TextEncoder().encode('hello'), 'not audio'],
  ['M4A', new TextEncoder().encode('\0\0\0\x20ftypM4A '), 'not audio that can be read here (M4A): save it as WAV, FLAC, MP3 or Ogg Vorbis'],
  ['one sample', wav({ channels: [[0.5]] }), 'too short (1 sample, 0.063 ms): at least 10 ms are needed'],
  ['no samples', wav({ channels: [[]] }), 'too short (0 samples, 0 ms): at least 10 ms are needed'],
  ['half a WAV', wav({}).subarray(0, 500), /^truncated WAV \(14 ms of 30 ms are there\)$/],
  ['A-law', wav({ tag: 6, bits: 8 }), 'WAV with A-law, which cannot be read here'],
  ['12 bits', wav({ bits: 8 }).map((b, i) => (i === 34 ? 12 : b)), 'WAV of 12 bits, which cannot be read here (8, 16, 24, 32)'],
  ['no number', wav({ tag: 3, bits: 32, channels: [Float32Array.from(ramp, (v, i) => (i === 16 ? NaN : v))] }), 'corrupt WAV: a sample that is no number at 1 ms'],
  ['a strange rate', wav({ rate: 1000, channels: [new Float32Array(4000)] }), 'sampling rate of 1000 Hz; 4000 to 384000 can be read'],
  ['half a FLAC', fixture('noise24.flac').subarray(0, 2000), /^truncated FLAC \(0 ms of 13 ms are there\)$/],
  ['a damaged FLAC', flipped('noise24.flac', 3000), 'corrupt FLAC: a frame fails its checksum'],
  ['half an OGG', fixture('tone.ogg').subarray(0, 3900), 'truncated OGG'],
  ['a damaged OGG', flipped('tone.ogg', 4000), 'corrupt OGG: a page fails its checksum'],
  ['Opus', fixture('opus.ogg'), 'Ogg with Opus, which cannot be read here (Vorbis)'],
  ['a tag and no MP3', new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, ...new Uint8Array(500)]), 'corrupt MP3: there is no sound in it'],
])('%s: refused in one line', async (_name, bytes, reason) => {
  await expect(decodeAudio(bytes)).rejects.toThrow(reason)
})

test('a file is what it is, not what it is called', async () => {
  await expect(probeAudio(fixture('tone.ogg'), 'tone.wav')).rejects.toThrow('wrongly named: .wav but the content is OGG')
  expect((await probeAudio(fixture('tone.ogg'), 'take.0001')).format).toBe('ogg')
})
