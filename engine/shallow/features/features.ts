// Features: a sample's bytes as a row of numbers that shallow models can take.

export interface Features {
  readonly names: readonly string[]
  /** True where they are counts, which naive Bayes of words needs. */
  readonly counts: boolean
  /** As many as `names`; the same bytes give the same. Throws DecodeError where the bytes are no such sample. */
  of(bytes: Uint8Array): Promise<ArrayLike<number>> | ArrayLike<number>
  /** What a file's reader needs to make them, as JSON. */
  describe(): Readonly<Record<string, unknown>>
}

export interface FeatureDef {
  readonly title: string
  /** Learns from the training samples alone: vocabulary, means for gaps. */
  fit(samples: readonly Uint8Array[]): Promise<Features> | Features
}
