// Light, dark, or as the system has it: one class on <html>.
import { computed, ref, watchEffect } from 'vue'
import { oneOf, remember } from '../ui/remember.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const systemDark = ref(dark.matches)
dark.addEventListener('change', (event) => { systemDark.value = event.matches })

export const themeChoice = remember<ThemeChoice>('theme', 'system', oneOf('system', 'light', 'dark'))
export const theme = computed<'light' | 'dark'>(() => (themeChoice.value === 'system' ? (systemDark.value ? 'dark' : 'light') : themeChoice.value))

export function applyTheme(): void {
  watchEffect(() => {
    const root = document.documentElement
    root.classList.toggle('dark', theme.value === 'dark')
    root.classList.toggle('light', theme.value === 'light')
    root.style.colorScheme = theme.value
  })
}
