// Files that are dropped on Data, or were on the start screen: they open the import.
import { onMounted, ref, watch, type Ref } from 'vue'
import { pendingImport } from '../../app/pending-import.ts'
import { dropped, type PickedFile } from '../../bridge/files.ts'

interface Dropped {
  /** Gone when the import is closed. */
  readonly files: Ref<readonly PickedFile[]>
  /** Whether files are held over the place. */
  readonly over: Ref<boolean>
  readonly handlers: Readonly<Record<'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>>
}
const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

export function useDropped(project: string, importing: Ref<boolean>): Dropped {
  const files = ref<readonly PickedFile[]>([])
  const over = ref(false)
  const take = async (event: DragEvent): Promise<void> => {
    over.value = false
    if (!event.dataTransfer) return
    const found = await dropped(event.dataTransfer)
    if (found.length === 0) return
    files.value = found
    importing.value = true
  }
  onMounted(() => {
    const waiting = pendingImport.value
    if (waiting?.project !== project) return
    files.value = waiting.files
    pendingImport.value = null
  })
  watch(importing, (open) => { if (!open) files.value = [] })
  return {
    files,
    over,
    handlers: {
      dragover: (event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        over.value = true
      },
      dragleave: (event) => { if (event.target === event.currentTarget) over.value = false },
      drop: (event) => {
        event.preventDefault()
        void take(event)
      },
    },
  }
}
