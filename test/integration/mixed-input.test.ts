// Bad input of pictures and recordings, from files to a trained run: what is odd is taken as a person would expect, or named in one line; counts add up.
import { mkdirSync, writeFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import { expect, test, vi } from 'vitest'
import { encodeWav } from '../../engine/audio/wav.ts'
import { testCli } from '../support/cli.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 90_000 })

type Predictions = { predictions: { input: string; outputs: { class: string; probability: number }[] }[]; skipped: { path: string; reason: string }[] }

test('pictures of mixed sizes, channels and depths; classes absent from a split', async () => {
  const colour = { dark: 40, light: 200, rare: 120, late: 90 } as const
  const picture = (kind: keyof typeof colour, i: number): Sharp => {
    const [width, height] = [5 + ((i * 7) % 23), 3 + ((i * 5) % 19)]
    const shade = colour[kind] + (i % 9)
    return sharp({ create: { width, height, channels: 3, background: { r: shade, g: shade, b: shade } } })
  }
  const forms: readonly ((of: Sharp) => Sharp)[] = [
    (of) => of.png(),
    (of) => of.greyscale().png(),
    (of) => of.ensureAlpha(0.5).png(),
    (of) => of.greyscale().ensureAlpha(0.5).png(),
    (of) => of.toColourspace('rgb16').png(),
    (of) => of.toColourspace('grey16').png(),
    (of) => of.toColourspace('cmyk').jpeg({ quality: 95 }),
    (of) => of.webp({ lossless: true }),
  ]
  // Equal pictures in two splits would be one sample.
  const offset: Readonly<Record<string, number>> = { train: 0, val: 31, test: 62 }
  const write = async (split: string, kind: keyof typeof colour, count: number): Promise<void> => {
    mkdirSync(cli.at('mixed', split, kind), { recursive: true })
    for (let i = 0; i < count; i++) writeFileSync(cli.at('mixed', split, kind, `${i}.img${i % 8 === 6 ? '.jpg' : i % 8 === 7 ? '.webp' : '.png'}`), await forms[i % 8]!(picture(kind, i + (offset[split] ?? 0))).toBuffer())
  }
  for (const [split, count] of [['train', 16], ['val', 8], ['test', 8]] as const) for (const kind of ['dark', 'light'] as const) await write(split, kind, count)
  // One class is missing from val and test, one from train.
  await write('train', 'rare', 8)
  await write('test', 'late', 8)
  writeFileSync(cli.at('mixed', 'train', 'dark', 'dot.png'), await sharp({ create: { width: 1, height: 1, channels: 3, background: '#222222' } }).png().toBuffer())
  const project = cli.at('mixed.lathe')
  await cli.done('new', project, '--task', 'image-classification')
  expect(await cli.done('import', project, cli.at('mixed'))).toMatchObject({ read: 81, stored: 81, labelled: 81, skipped: [] })
  expect(await cli.done('train', project, '--model', 'mlp', '--epochs', '3')).toMatchObject({ status: 'finished' })
  const { metrics, classes } = (await cli.done('eval', project)) as { metrics: Record<string, number>; classes: { name: string; support: number; recall: number }[] }
  for (const [name, value] of Object.entries(metrics)) expect(Number.isFinite(value), name).toBe(true)
  expect(Object.fromEntries(classes.map(({ name, support }) => [name, support]))).toEqual({ dark: 8, light: 8, rare: 0, late: 8 })
  // What was not in train cannot be learned: it is wrong, and counted so.
  expect(classes.find((one) => one.name === 'late')?.recall).toBe(0)
  const { predictions, skipped } = (await cli.done('predict', project, cli.at('mixed', 'test', 'light', '6.img.jpg'), cli.at('mixed', 'test', 'light', '5.img.png'))) as unknown as Predictions
  expect([predictions.length, skipped]).toEqual([2, []])
  for (const { outputs } of predictions) expect(outputs.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1, 4)
})

test('recordings of one sample, of silence, in stereo, from 8 to 192 kHz', async () => {
  const tone = (rate: number, hertz: number, seconds = 0.2): Float32Array => Float32Array.from({ length: Math.round(rate * seconds) }, (_, t) => 0.4 * Math.sin((2 * Math.PI * hertz * t) / rate))
  const rates = [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000]
  for (const [s, split] of ['train', 'val', 'test'].entries()) {
    for (const [name, hertz] of [['low', 300], ['high', 2500]] as const) {
      mkdirSync(cli.at('tones', split, name), { recursive: true })
      rates.forEach((rate, i) => { writeFileSync(cli.at('tones', split, name, `${rate}.wav`), encodeWav({ rate, samples: tone(rate, hertz + 10 * i + 3 * s) })) })
    }
  }
  writeFileSync(cli.at('tones', 'train', 'low', 'one.wav'), encodeWav({ rate: 8000, samples: Float32Array.of(0.5) }))
  writeFileSync(cli.at('tones', 'train', 'low', 'none.wav'), encodeWav({ rate: 8000, samples: new Float32Array() }))
  writeFileSync(cli.at('tones', 'train', 'low', 'silent.wav'), encodeWav({ rate: 8000, samples: new Float32Array(1600) }))
  writeFileSync(cli.at('tones', 'train', 'low', 'stereo.wav'), stereo(44_100, tone(44_100, 310), tone(44_100, 330)))
  const project = cli.at('tones.lathe')
  await cli.done('new', project, '--task', 'keyword-spotting')
  const report = await cli.done('import', project, cli.at('tones'))
  expect(report).toMatchObject({ read: 52, stored: 50, labelled: 50 })
  expect((report['skipped'] as { path: string; reason: string }[]).map(({ path, reason }) => [/(\w+)\.wav$/.exec(path)?.[1], reason.includes('too short') || reason.includes('no sample')]).sort()).toEqual([['none', true], ['one', true]])
  expect(await cli.done('train', project, '--epochs', '2')).toMatchObject({ status: 'finished' })
  const { predictions, skipped } = (await cli.done('predict', project, cli.at('tones', 'test', 'high', '192000.wav'), cli.at('tones', 'test', 'high', '8000.wav'), cli.at('tones', 'train', 'low', 'silent.wav'), cli.at('tones', 'train', 'low', 'one.wav'))) as unknown as Predictions
  expect([predictions.length, skipped.length]).toEqual([3, 1])
  for (const { outputs } of predictions) expect(outputs.every((one) => Number.isFinite(one.probability))).toBe(true)
})

/** 16-bit PCM of two channels. */
function stereo(rate: number, left: Float32Array, right: Float32Array): Buffer {
  const data = Buffer.alloc(44 + 4 * left.length)
  data.write('RIFF', 0, 'latin1')
  data.writeUInt32LE(36 + 4 * left.length, 4)
  data.write('WAVEfmt ', 8, 'latin1')
  data.writeUInt32LE(16, 16)
  data.writeUInt16LE(1, 20)
  data.writeUInt16LE(2, 22)
  data.writeUInt32LE(rate, 24)
  data.writeUInt32LE(4 * rate, 28)
  data.writeUInt16LE(4, 32)
  data.writeUInt16LE(16, 34)
  data.write('data', 36, 'latin1')
  data.writeUInt32LE(4 * left.length, 40)
  left.forEach((v, i) => {
    data.writeInt16LE(Math.round(v * 32_767), 44 + 4 * i)
    data.writeInt16LE(Math.round((right[i] ?? 0) * 32_767), 46 + 4 * i)
  })
  return data
}
