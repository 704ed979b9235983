/** What a person means by "the same": white space folded, for every text the two sides keep. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export function sameText(left: string, right: string): boolean {
  return folded(left) === folded(right)
}

/** E-mail addresses and codes are told apart without case. */
export function sameKey(left: string, right: string): boolean {
  return folded(left).toLowerCase() === folded(right).toLowerCase()
}

/** Countries lose their punctuation in Xero (xero.md 4.1), nothing else. */
export function sameLetters(left: string, right: string): boolean {
  const letters = (text: string) => text.replace(/[^\p{L}\p{M}]/gu, '')
  return letters(left) === letters(right)
}

interface PhoneSlot {
  readonly PhoneNumber: string
  readonly PhoneAreaCode: string
  readonly PhoneCountryCode: string
}

/** Digits only: with or without country code, with or without the trunk zero. */
export function samePhone(zoho: string, slot: PhoneSlot): boolean {
  const left = digits(zoho)
  const right = digits(`${slot.PhoneAreaCode}${slot.PhoneNumber}`).replace(/^0+/, '')
  const country = digits(slot.PhoneCountryCode).replace(/^0+/, '')
  if (left === '' || right === '') return left === right
  const local = left.replace(/^0+/, '')
  return [right, `${country}${right}`, `${country}0${right}`].includes(local)
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}
