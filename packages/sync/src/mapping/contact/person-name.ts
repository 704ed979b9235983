import type { ValueObject } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { textAt } from '../record-fields.ts'

/** Zoho Contacts take First_Name[40] and Last_Name[80] (zoho-crm.md 4). */
export const FIRST_NAME_LENGTH = 40
export const LAST_NAME_LENGTH = 80

export interface PersonName {
  readonly first: string
  readonly last: string
}

const COMPANY_WORD =
  /\b(?:pty|ltd|limited|inc|llc|llp|plc|gmbh|corp|co|company|trust|group|holdings|services)\b\.?|&|\d/i
/** Words that begin a family name: Ludwig | van Beethoven. */
const PARTICLES = new Set([
  'van',
  'von',
  'de',
  'der',
  'den',
  'da',
  'di',
  'du',
  'del',
  'della',
  'la',
  'le',
  'bin',
  'al',
  'st',
  'ter',
  'zu',
])

/** "Ada Lee" is First Ada, Last Lee (C6); a company stays whole. null: no split fits Zoho's lengths. */
export function splitName(name: string): PersonName | null {
  const words = tidy(name).split(' ')
  const candidates = COMPANY_WORD.test(name) ? [0, preferredSplit(words)] : [preferredSplit(words), 0]
  const others = words.map((_, index) => index).reverse()
  for (const at of [...candidates, ...others]) {
    const split = { first: words.slice(0, at).join(' '), last: words.slice(at).join(' ') }
    if (split.first.length <= FIRST_NAME_LENGTH && split.last.length <= LAST_NAME_LENGTH) return split
  }
  return null
}

export function joinName({ first, last }: PersonName): string {
  return tidy(`${first} ${last}`)
}

function preferredSplit(words: readonly string[]): number {
  let at = Math.max(words.length - 1, 0)
  while (at > 1 && PARTICLES.has(words[at - 1]?.toLowerCase() ?? '')) at -= 1
  return at
}

/** Stands for "no last name", which Zoho refuses (zoho-crm.md 9 trap 13). */
const NO_LAST_NAME = '-'

/** The last name that a person has; the stand-ins that we wrote for a missing one read as blank. */
export function lastNameOf(fields: ValueObject): string {
  const shown = tidy(textAt(fields, 'Last_Name'))
  return shown === NO_LAST_NAME || shown.includes('@') ? '' : shown
}

/** Something to read in Zoho where the last name is blank: the mailbox for nameless persons, a dash after a first name. */
export function lastNameStandIn(first: string, email: string): string {
  return first === '' && email !== '' && email.length <= LAST_NAME_LENGTH ? email : NO_LAST_NAME
}
