// Colours and type of charts in both themes.
export interface ChartTheme {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly background: string
}

const LIGHT: ChartTheme = { text: '#27272a', muted: '#52525b', line: '#e4e4e7', background: '#ffffff' }
const DARK: ChartTheme = { text: '#e4e4e7', muted: '#a1a1aa', line: '#3f3f46', background: '#18181b' }
export const chartTheme = (dark: boolean): ChartTheme => (dark ? DARK : LIGHT)
export const CHART_FONT = 'ui-sans-serif, system-ui, "DejaVu Sans", sans-serif'
