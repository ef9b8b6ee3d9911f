// DecodeError: why one image cannot be read, as a short sentence that stays the same from release to release.
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}
