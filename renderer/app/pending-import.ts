// What was dropped before there was a place for it: the start screen leaves it, the Data place imports it.
import { shallowRef } from 'vue'
import type { PickedFile } from '../bridge/files.ts'

export const pendingImport = shallowRef<{ readonly project: string; readonly files: readonly PickedFile[] } | null>(null)
