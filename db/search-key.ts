// searchKey: a name folded for a search that minds neither case nor Unicode composition.
export const searchKey = (name: string): string => name.normalize('NFKC').toLowerCase()
