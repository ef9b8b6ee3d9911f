// Strategy: how unlabelled samples are put in order, from what a trained network says of them.

/** Probabilities of the parts of one sample: the sample itself, its tokens, pixels, boxes. */
export interface Parts {
  /** Row-major, parts × width. */
  readonly data: Float32Array
  /** Alternatives of a part; 1 where only the probability of what is said is known, against all else. */
  readonly width: number
  /** What a sample's score is of its parts': their mean, or that of the least sure one. */
  readonly fold: 'mean' | 'most'
}

/** Vectors of one length, one a row. */
export interface Vectors {
  readonly data: Float32Array
  readonly width: number
}

interface Described {
  readonly title: string
  readonly description: string
  /** Who found it. */
  readonly source: string
}

/** Each sample by itself. */
export interface PartStrategy extends Described {
  readonly needs: 'probabilities'
  /** How unsure a part is: 0 for sure, 1 at most. `p`: probabilities in falling order, two at least. */
  readonly unsure: (p: Float32Array) => number
}

/** Samples beside each other. */
export interface VectorStrategy extends Described {
  readonly needs: 'features'
  /** `count` rows of `pool` at most, the first to label first, where `known` are labelled already. */
  pick(pool: Vectors, known: Vectors, count: number): readonly { readonly row: number; readonly score: number }[]
}

export type Strategy = PartStrategy | VectorStrategy
