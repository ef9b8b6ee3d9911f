// inputText: what a model is fed, in a few words.
import { frameCount } from '../../engine/contract/inputs/audio.ts'
import type { ModelInput } from '../../engine/contract/recipe.ts'
import { given, plural } from './format.ts'

export function inputText(input: ModelInput): string {
  switch (input.kind) {
    case 'image':
      return `${input.height} × ${input.width} × ${input.channels}`
    case 'audio':
    case 'speech': {
      const map = input.features === 'mfcc' ? `${input.coefficients} MFCC` : `${input.mels} mel bands`
      return `${given(Math.round((100 * input.samples) / input.rate) / 100)} s at ${given(input.rate / 1000)} kHz, ${map} × ${frameCount(input)} frames`
    }
    case 'text':
    case 'language':
      return plural(input.length, 'token')
    case 'text-pair':
      return `two texts, ${plural(input.length, 'token')}${input.layout === 'separate' ? ' each' : ''}`
    case 'translation':
      return `${plural(input.sourceLength, 'token')} to ${plural(input.targetLength, 'token')}`
    case 'series':
      return `${plural(input.channels.length, 'channel')} × ${plural(input.steps, 'step')}${input.rate === null ? '' : ` at ${given(input.rate)} Hz`}`
    case 'forecast':
      return `${plural(input.context, 'step')} back, ${input.horizon} ahead`
    case 'row':
      return plural(input.columns.length, 'column')
    case 'rating':
      return `${plural(input.users.length, 'user')}, ${plural(input.items.length, 'item')}`
  }
}
