// What a model is fed, in words of its kind.
import { expect, test } from 'vitest'
import type { ModelInput } from '../../engine/contract/recipe.ts'
import { inputText } from './input-text.ts'

const said = (input: Record<string, unknown>): string => inputText(input as ModelInput)

test('pictures by their sides, recordings by time and bands', () => {
  expect(said({ kind: 'image', height: 16, width: 24, channels: 3 })).toBe('16 × 24 × 3')
  const audio = { kind: 'audio', rate: 16_000, samples: 19_440, frame: 400, hop: 160, mels: 40, features: 'log-mel', coefficients: 20 }
  expect(said(audio)).toBe('1.22 s at 16 kHz, 40 mel bands × 120 frames')
  expect(said({ ...audio, kind: 'speech', features: 'mfcc' })).toBe('1.22 s at 16 kHz, 20 MFCC × 120 frames')
})

test('texts by their tokens, series by channels and steps, rows by columns', () => {
  expect(said({ kind: 'text', length: 40 })).toBe('40 tokens')
  expect([said({ kind: 'text-pair', length: 20, layout: 'separate' }), said({ kind: 'text-pair', length: 40, layout: 'joint' })]).toEqual(['two texts, 20 tokens each', 'two texts, 40 tokens'])
  expect(said({ kind: 'translation', sourceLength: 13, targetLength: 20 })).toBe('13 tokens to 20 tokens')
  expect(said({ kind: 'series', channels: ['x', 'y'], steps: 128, rate: 32 })).toBe('2 channels × 128 steps at 32 Hz')
  expect(said({ kind: 'series', channels: ['x'], steps: 8, rate: null })).toBe('1 channel × 8 steps')
  expect(said({ kind: 'forecast', context: 36, horizon: 12 })).toBe('36 steps back, 12 ahead')
  expect(said({ kind: 'row', columns: [{}, {}] })).toBe('2 columns')
  expect(said({ kind: 'rating', users: ['a'], items: ['x', 'y'] })).toBe('1 user, 2 items')
})
