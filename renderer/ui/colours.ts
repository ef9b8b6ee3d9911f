// Fixed colours of classes and runs, the same in grid, canvas, charts, matrix and maps.

/** Okabe–Ito (2008) without black, then extended by colours told apart from them at equal size. */
const CLASS_COLOURS = [
  '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#b8ab00', '#7a5195', '#8c6d31', '#6b8e9f',
  '#a52a4a', '#3b6b2f', '#5c7cfa', '#c08457', '#00a5a5', '#9c6ade', '#718096', '#ef8677', '#2f4b7c', '#94b84d',
] as const
/** Runs have their own sequence, so that a curve is never taken for a class. */
const RUN_COLOURS = ['#2563eb', '#db2777', '#0d9488', '#ea580c', '#7c3aed', '#65a30d', '#0891b2', '#be123c', '#a16207', '#475569'] as const

const cycle = (colours: readonly string[], index: number): string => colours[((index % colours.length) + colours.length) % colours.length] ?? '#718096'

/** `position` of the class in its project; −1 (no class) is neutral. */
export const classColour = (position: number): string => (position < 0 ? '#8a8f98' : cycle(CLASS_COLOURS, position))
/** `index` of the run by its id, so that a run keeps its colour when others go. */
export const runColour = (run: number): string => cycle(RUN_COLOURS, run - 1)

/** Black or white, whichever reads better on `hex` (WCAG 2 relative luminance). */
export function textOn(hex: string): '#000000' | '#ffffff' {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return luminance > 0.179 ? '#000000' : '#ffffff'
}
