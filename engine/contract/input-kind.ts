// InputKind: what a sample is; it decides how a sample is checked at the door, shown and edited.

export const INPUT_KINDS = ['image', 'text', 'text-pair', 'audio', 'series', 'row', 'rating'] as const
export type InputKind = (typeof INPUT_KINDS)[number]
