// Text GRU: the LSTM's simpler sister.
import { textRecurrent } from './support/text-recurrent.ts'

/** Cho et al., 2014, https://arxiv.org/abs/1406.1078. */
export const textGru = textRecurrent('text-gru', 'gru', {
  title: 'Text GRU',
  description: 'Reads a text word by word, forwards and backwards, with gates that keep or replace what it remembers',
  use: 'A quarter smaller and faster than the LSTM, mostly as good',
})
