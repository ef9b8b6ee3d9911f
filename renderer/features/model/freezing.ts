// Which layers of the next run stand still, as a choice: none, all but the head, or those whose names a pattern finds.

export type FreezeChoice = 'none' | 'body' | 'pattern'
/** Finds every parameter but those of the layers called head. */
export const ALL_BUT_HEAD = '^(?!head)'

export const freezeChoice = (freeze: string | null): FreezeChoice => (freeze === null ? 'none' : freeze === ALL_BUT_HEAD ? 'body' : 'pattern')

/** An empty pattern freezes nothing yet. */
export const freezeOf: Readonly<Record<FreezeChoice, string | null>> = { none: null, body: ALL_BUT_HEAD, pattern: '' }
