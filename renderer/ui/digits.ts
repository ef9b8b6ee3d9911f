// Keys of classes: 1…9 and 0 for the first ten, by position.
export const digitOf = (position: number): string | undefined => (position >= 0 && position < 9 ? String(position + 1) : position === 9 ? '0' : undefined)
export const positionOf = (digit: string): number => (digit === '0' ? 9 : Number(digit) - 1)
