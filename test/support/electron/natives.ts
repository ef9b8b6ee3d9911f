// Stand-ins of what the system draws: menu, dialogs, theme, screen. Dialogs answer with what the test laid out.
interface Item {
  readonly label?: string
  readonly role?: string
  readonly submenu?: readonly Item[]
  readonly click?: () => void
}

let menu: readonly Item[] = []
export const Menu = {
  buildFromTemplate: (template: readonly Item[]): readonly Item[] => template,
  setApplicationMenu: (built: readonly Item[]): void => { menu = built },
}

/** Chooses the entry at this path of labels, as a person would. */
export function clickMenu(labels: readonly string[]): void {
  let items = menu
  let found: Item | undefined
  for (const label of labels) {
    found = items.find((item) => item.label?.replace('&', '') === label)
    if (!found) throw new Error(`menu: no '${label}' in ${labels.join(' ▸ ')}; there are ${items.map((item) => item.label ?? item.role ?? 'line').join(', ')}`)
    items = found.submenu ?? []
  }
  found?.click?.()
}

/** What the next dialogs answer; none left: cancelled. */
export const answers: string[][] = []
/** Options of the dialogs that were shown. */
export const shown: unknown[] = []
const ask = (args: readonly unknown[]): readonly string[] => {
  shown.push(args.at(-1))
  return answers.shift() ?? []
}
export const dialog = {
  showOpenDialog: (...args: unknown[]): Promise<{ canceled: boolean; filePaths: readonly string[] }> => {
    const filePaths = ask(args)
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths })
  },
  showSaveDialog: (...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> => {
    const [filePath = ''] = ask(args)
    return Promise.resolve({ canceled: filePath === '', filePath })
  },
  showErrorBox: (title: string, text: string): void => { console.error(`${title}: ${text}`) },
}

export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }
