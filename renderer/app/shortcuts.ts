// Keys of the window: places register theirs while they are shown; `?` lists what is registered.
import { computed, onScopeDispose, shallowReactive } from 'vue'

export interface Shortcut {
  /** `ctrl+z`, `shift+/`, `d`, `Space`, `ArrowLeft`; `g d` is a chord. `mod` is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[]
  readonly label: string
  /** Heading under which `?` lists it. */
  readonly group: string
  /** False lets the key go on: to the next that has it, then to the page. */
  readonly run: (event: KeyboardEvent) => unknown
  /** Also while typing in a field. */
  readonly inFields?: boolean
  readonly hidden?: boolean
}

const registered = shallowReactive(new Set<readonly Shortcut[]>())
const CHORD_MS = 1_000
let chord: { readonly key: string; readonly at: number } | null = null

/** Registers for as long as the component lives; the last registered wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  registered.add(shortcuts)
  onScopeDispose(() => { registered.delete(shortcuts) })
}
export const activeShortcuts = computed<readonly Shortcut[]>(() => [...registered].flat().filter((shortcut) => !shortcut.hidden))

/** Name of a key press as it is written in `keys`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  // A shifted sign such as `?` is already another key.
  const shifted = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key))
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', shifted ? 'shift' : '', key].filter(Boolean).join('+')
}

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="listbox"], [role="menu"]'
/** Keys that a focused button, link or separator needs for itself. */
const OWN_KEYS = new Set(['Enter', 'Space'])

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const target = event.target instanceof Element ? event.target : null
  const typing = target?.closest(FIELDS) != null
  const overlay = document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null
  const name = keyName(event)
  if (OWN_KEYS.has(name) && target?.closest('button, a, summary, [role="separator"], [role="tab"], [role="checkbox"], [role="radio"], [role="switch"], [role="slider"]')) return
  const full = chord && event.timeStamp - chord.at < CHORD_MS ? `${chord.key} ${name}` : null
  chord = null
  const all = [...registered].reverse().flat()
  const usable = all.filter((shortcut) => (!typing && !overlay) || shortcut.inFields === true)
  const matching = [...(full === null ? [] : usable.filter((shortcut) => shortcut.keys.includes(full))), ...usable.filter((shortcut) => shortcut.keys.includes(name))]
  for (const shortcut of matching) {
    if (shortcut.run(event) === false) continue
    event.preventDefault()
    return
  }
  if (usable.some((shortcut) => shortcut.keys.some((keys) => keys.startsWith(`${name} `)))) chord = { key: name, at: event.timeStamp }
}

const NAMES: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del', PageUp: 'PgUp', PageDown: 'PgDn' }

/** Parts of a key for <UKbd>: `mod+shift+z` → Ctrl, Shift, Z. */
export const keyParts = (keys: string): readonly string[] => keys.split(/[+ ](?!$)/).map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
