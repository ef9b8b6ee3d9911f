// Native dialogs of `system.pick`.
import path from 'node:path'
import { dialog, type FileFilter, type OpenDialogOptions, type SaveDialogOptions } from 'electron'

export type Pick = 'open-project' | 'new-project' | 'import-files' | 'import-folder' | 'export-onnx' | 'export-csv'

const project: FileFilter = { name: 'Lathe project', extensions: ['lathe'] }
const data: FileFilter[] = [
  { name: 'Images, archives and tables', extensions: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'zip', 'csv', 'tsv'] },
  { name: 'All files', extensions: ['*'] },
]
const dialogs: Record<Pick, { readonly open: OpenDialogOptions } | { readonly save: SaveDialogOptions }> = {
  'open-project': { open: { title: 'Open project', filters: [project], properties: ['openFile'] } },
  'new-project': { save: { title: 'New project', filters: [project], properties: ['createDirectory', 'showOverwriteConfirmation'] } },
  'import-files': { open: { title: 'Import files', filters: data, properties: ['openFile', 'multiSelections'] } },
  'import-folder': { open: { title: 'Import folder', properties: ['openDirectory', 'multiSelections'] } },
  'export-onnx': { save: { title: 'Export model', filters: [{ name: 'ONNX model', extensions: ['onnx'] }], properties: ['createDirectory', 'showOverwriteConfirmation'] } },
  'export-csv': { save: { title: 'Export labels', filters: [{ name: 'CSV', extensions: ['csv'] }], properties: ['createDirectory', 'showOverwriteConfirmation'] } },
}

/** Paths that were chosen; null when cancelled. `suggest` is a file name, put in `folder`. */
export async function pick(window: Electron.BrowserWindow | null, what: Pick, folder: string, suggest?: string): Promise<readonly string[] | null> {
  const wanted = dialogs[what]
  if ('open' in wanted) {
    const options = { ...wanted.open, defaultPath: folder }
    const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return canceled || filePaths.length === 0 ? null : filePaths
  }
  const options = { ...wanted.save, defaultPath: path.join(folder, suggest ? path.basename(suggest) : '') }
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  return canceled || !filePath ? null : [filePath]
}
