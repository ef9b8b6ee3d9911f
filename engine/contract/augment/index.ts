// Registry of augmentations of all but pictures, by kind; that of pictures stands in recipe.ts and has no kind.
import { z } from 'zod'
import { audioAugmentation } from './audio.ts'
import { languageAugmentation } from './language.ts'
import { seriesAugmentation } from './series.ts'
import { textAugmentation } from './text.ts'

export const otherAugmentation = z.discriminatedUnion('kind', [seriesAugmentation, audioAugmentation, textAugmentation, languageAugmentation])
