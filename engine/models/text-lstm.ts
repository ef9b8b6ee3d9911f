// Text LSTM: reads a text in both directions with a memory.
import { textRecurrent } from './support/text-recurrent.ts'

/** Hochreiter and Schmidhuber, 1997; both directions: Graves and Schmidhuber, 2005; pooling over time: Conneau et al., 2017, https://arxiv.org/abs/1705.02364. */
export const textLstm = textRecurrent('text-lstm', 'lstm', {
  title: 'Text LSTM',
  description: 'Reads a text word by word, forwards and backwards, with a memory that it writes to and forgets',
  use: 'The first choice for texts up to some hundred words: order, negation and contrast are within its reach',
})
