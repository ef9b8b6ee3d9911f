// Registry of what models are fed, by kind: one schema a kind. All that preprocessing learns from the training data stands in it, so that a recipe is self-contained.
import { z } from 'zod'
import { audioInput, speechInput } from './audio.ts'
import { forecastInput } from './forecast.ts'
import { imageInput } from './image.ts'
import { languageInput } from './language.ts'
import { ratingInput } from './rating.ts'
import { rowInput } from './row.ts'
import { seriesInput } from './series.ts'
import { textPairInput } from './text-pair.ts'
import { textInput } from './text.ts'
import { translationInput } from './translation.ts'

export const modelInput = z.discriminatedUnion('kind', [imageInput, textInput, textPairInput, rowInput, ratingInput, seriesInput, forecastInput, languageInput, translationInput, audioInput, speechInput])
export type ModelInput = z.infer<typeof modelInput>
export type ModelInputKind = ModelInput['kind']
