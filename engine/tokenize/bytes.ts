// Bytes as printable characters, and the cutting of text before byte-level BPE: both as in GPT-2.
// Radford et al., "Language models are unsupervised multitask learners", 2019.

/** Contractions, words with the space before them, numbers, signs, white space. */
const PIECE = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu

const printable = (byte: number): boolean => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae

/** The character that stands for each byte: itself where it can be seen, otherwise one from U+0100 on. */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  let next = 0x100
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++))
})()

/** Pieces of `text` that merges never cross; joined they are the text. */
export const piecesOf = (text: string): string[] => text.match(PIECE) ?? []

/** UTF-8 bytes of `text`, each as its character. */
export const byteCharacters = (text: string): string[] => Array.from(new TextEncoder().encode(text), (byte) => BYTE_CHARACTERS[byte] ?? '')
