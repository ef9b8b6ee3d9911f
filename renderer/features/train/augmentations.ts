// What can be varied of each kind of sample: the fields of the form, and where a switch that is turned on begins.
import type { ModelInputKind } from '../../../engine/contract/inputs/index.ts'
import type { TrainConfig } from '../../../engine/contract/recipe.ts'

type Augment = NonNullable<TrainConfig['augment']>
export interface AugmentField {
  readonly key: string
  readonly label: string
}
export interface AugmentKind {
  readonly fields: readonly AugmentField[]
  readonly start: Augment
}

const picture: AugmentKind = {
  start: { shift: 0.08, rotate: 10, scale: 0.1, shear: 0, flipHorizontal: false, flipVertical: false },
  fields: [
    { key: 'shift', label: 'Shift, share of side' },
    { key: 'rotate', label: 'Rotation, degrees' },
    { key: 'scale', label: 'Scale, relative' },
    { key: 'shear', label: 'Shear, degrees' },
    { key: 'flipHorizontal', label: 'Flip left–right' },
    { key: 'flipVertical', label: 'Flip upside down' },
    { key: 'crop', label: 'Crop, share of side' },
    { key: 'brightness', label: 'Brightness, relative' },
    { key: 'contrast', label: 'Contrast, relative' },
    { key: 'saturation', label: 'Saturation, relative' },
    { key: 'hue', label: 'Hue, degrees' },
    { key: 'blur', label: 'Blur, pixels' },
    { key: 'noise', label: 'Noise, share of white' },
    { key: 'cutout', label: 'Cutout, share of side' },
    { key: 'mixup', label: 'Mixup, α' },
    { key: 'cutmix', label: 'CutMix, share of pictures' },
    { key: 'mosaic', label: 'Mosaic, share of pictures' },
  ],
}
const text: AugmentKind = { start: { kind: 'text', wordDropout: 0.05, swap: 0 }, fields: [{ key: 'wordDropout', label: 'Words left out, share' }, { key: 'swap', label: 'Words swapped, share' }] }
const audio: AugmentKind = {
  start: { kind: 'audio', shift: 0.2, gain: 6, speed: 0.1, noise: -40, timeMasks: 1, timeMask: 0.1, bandMasks: 1, bandMask: 0.15 },
  fields: [
    { key: 'shift', label: 'Shift, share of room' },
    { key: 'gain', label: 'Level, decibels' },
    { key: 'speed', label: 'Speed, relative' },
    { key: 'timeMasks', label: 'Time masks' },
    { key: 'timeMask', label: 'Length of a time mask, share' },
    { key: 'bandMasks', label: 'Frequency masks' },
    { key: 'bandMask', label: 'Width of a frequency mask, share' },
  ],
}
const series: AugmentKind = {
  start: { kind: 'series', jitter: 0.03, scale: 0.1, timeMask: 0, timeWarp: 0.1 },
  fields: [{ key: 'jitter', label: 'Noise, share of deviation' }, { key: 'scale', label: 'Size, relative' }, { key: 'timeMask', label: 'Steps blanked, share' }, { key: 'timeWarp', label: 'Warp of time' }],
}

/** Null where nothing can be varied without inventing data. */
export const augmentations: Readonly<Record<ModelInputKind, AugmentKind | null>> = {
  image: picture,
  text,
  'text-pair': text,
  audio,
  speech: audio,
  series,
  forecast: null,
  language: { start: { kind: 'language', shift: true }, fields: [{ key: 'shift', label: 'Windows begin elsewhere each epoch' }, { key: 'noise', label: 'Tokens read that others stand in for, share' }] },
  translation: null,
  row: null,
  rating: null,
}
