// Pictures of the built-in samples, by id; a sample without one shows only its words.
import digits from './digits.png'

export const samplePictures: Readonly<Record<string, string>> = { digits }
