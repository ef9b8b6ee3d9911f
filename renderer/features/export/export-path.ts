// Where an export goes unless told otherwise: beside the project, named after it and the run.

/** Folder of a path of either kind; "" for a bare name. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0))

/** Letters and digits of any script stay; the rest becomes a dash. */
const part = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60)

export const defaultFile = (project: string, run: string): string => `${[part(project), part(run)].filter(Boolean).join('-') || 'model'}.onnx`
