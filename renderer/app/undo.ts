// Undo and redo from the keyboard, the top bar and the palette: one way, with its message.
import { useToast } from '@nuxt/ui/composables'
import { asAppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'

export function useUndo(): { undo: () => Promise<void>; redo: () => Promise<void> } {
  const project = useProject()
  const toast = useToast()
  const step = async (which: 'undo' | 'redo'): Promise<void> => {
    if (project.undoState[which] === null) return
    try {
      await project[which]()
    } catch (error) {
      toast.add({ title: which === 'undo' ? 'Nothing was undone' : 'Nothing was redone', description: asAppError(error).message, color: 'error' })
    }
  }
  return { undo: () => step('undo'), redo: () => step('redo') }
}
