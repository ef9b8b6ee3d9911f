// InputDef: how bytes of one kind are checked at the door.

export interface Probe {
  readonly mime: string
  /** Of images; 0 for all else. */
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Facts for people and splits: `{ seconds, rate, characters }`. */
  readonly meta: Readonly<Record<string, string | number>>
}

export interface InputDef {
  readonly title: string
  /** One word for many of them: "images". */
  readonly plural: string
  /**
   * Reads the whole thing once and says what it is.
   * @param name its extension must not claim another format than the content has.
   * @throws {DecodeError} with the reason why it cannot be taken, as a short sentence.
   */
  probe(bytes: Uint8Array, name: string): Promise<Probe>
}
