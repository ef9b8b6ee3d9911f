// Translator: what shallow models of translation give, and the words that they see.

export interface Translator {
  translate(text: string): string
}

/** Between white space. */
export const textWords = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '')
