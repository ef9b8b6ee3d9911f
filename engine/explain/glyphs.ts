// Glyphs: numbers in 3 × 5 dots, so that a figure needs no font of the system.
const DOTS: Readonly<Record<string, string>> = {
  0: '111101101101111',
  1: '010110010010111',
  2: '111001111100111',
  3: '111001111001111',
  4: '101101111001001',
  5: '111100111001111',
  6: '111100111101111',
  7: '111001001001001',
  8: '111101111101111',
  9: '111101111001111',
  '-': '000000111000000',
  '+': '000010111010000',
  '.': '000000000000010',
  e: '010101111100011',
}
const STEP = 4
export const GLYPH_HEIGHT = 5

/** Width in dots. */
export const textWidth = (text: string): number => text.length * STEP - 1

/** Calls `dot` for each dot of `text`, column and row from its top left corner. Unknown characters are blanks. */
export function drawText(text: string, dot: (column: number, row: number) => void): void {
  for (const [i, char] of Array.from(text).entries()) {
    const dots = DOTS[char] ?? ''
    for (let d = 0; d < dots.length; d++) if (dots[d] === '1') dot(i * STEP + (d % 3), Math.floor(d / 3))
  }
}
