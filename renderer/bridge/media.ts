// Addresses of pictures, served by the same host as the page.
const address = (kind: 'thumb' | 'sample' | 'export', query: Record<string, string>): string => `/media/${kind}?${new URLSearchParams(query).toString()}`

/** `size`: the longer side in device pixels. */
export const thumbUrl = (project: string, id: number, size: number): string => address('thumb', { project, id: String(id), size: String(size) })
export const sampleUrl = (project: string, id: number): string => address('sample', { project, id: String(id) })
/** An exported file, as a download. */
export const exportUrl = (project: string, id: number): string => address('export', { project, id: String(id) })
