// Whole numbers from 0 to 999,999 in English and French words.

const ENGLISH_SMALL = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const ENGLISH_TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const FRENCH_SMALL = 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(' ')
const FRENCH_TENS = '- - vingt trente quarante cinquante soixante'.split(' ')

const join = (parts: readonly (string | false | undefined)[]): string => parts.filter((p) => typeof p === 'string' && p !== '').join(' ')

/** British: `and` before the tens of each group, hyphens between tens and units. */
export function englishNumber(n: number): string {
  if (n < 20) return ENGLISH_SMALL[n] ?? ''
  if (n < 100) return `${ENGLISH_TENS[Math.floor(n / 10)] ?? ''}${n % 10 === 0 ? '' : `-${englishNumber(n % 10)}`}`
  if (n < 1000) return join([englishNumber(Math.floor(n / 100)), 'hundred', n % 100 !== 0 && `and ${englishNumber(n % 100)}`])
  const rest = n % 1000
  return join([englishNumber(Math.floor(n / 1000)), 'thousand', rest !== 0 && (rest < 100 ? `and ${englishNumber(rest)}` : englishNumber(rest))])
}

/** Of France: soixante-dix, quatre-vingts; traditional hyphens, `et` before un and onze, plural s of cent and vingt only where nothing follows. */
export function frenchNumber(n: number): string {
  if (n < 1000) return hundreds(n, true)
  const thousands = Math.floor(n / 1000)
  return join([thousands > 1 && hundreds(thousands, false), 'mille', n % 1000 !== 0 && hundreds(n % 1000, true)])
}

/** `last`: no further number word follows. */
function hundreds(n: number, last: boolean): string {
  if (n < 100) return tens(n, last)
  const [count, rest] = [Math.floor(n / 100), n % 100]
  const plural = count > 1 && rest === 0 && last
  return join([count > 1 && FRENCH_SMALL[count], plural ? 'cents' : 'cent', rest !== 0 && tens(rest, last)])
}

function tens(n: number, last: boolean): string {
  if (n < 20) return FRENCH_SMALL[n] ?? ''
  if (n === 80) return last ? 'quatre-vingts' : 'quatre-vingt'
  if (n > 80) return `quatre-vingt-${FRENCH_SMALL[n - 80] ?? ''}`
  // Seventy counts on from sixty.
  const ten = Math.min(6, Math.floor(n / 10))
  const [word, rest] = [FRENCH_TENS[ten] ?? '', n - 10 * ten]
  if (rest === 0) return word
  return rest === 1 || rest === 11 ? `${word} et ${FRENCH_SMALL[rest] ?? ''}` : `${word}-${FRENCH_SMALL[rest] ?? ''}`
}
