import { decodeEntities } from '../clean-text.ts'
import { isFreeMail, isSharedHost } from './free-mail.ts'

const LEGAL_FORMS = new Set(
  'pty ltd limited proprietary inc incorporated llc llp lp plc co company corp corporation gmbh ag bv nv sa sas sarl'.split(
    ' ',
  ),
)

/** Names that differ only in case, spaces, accents, `&`, punctuation or legal form come out the same (R18b). */
export function normaliseName(name: string): string {
  const words = decodeEntities(name)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[&+]/g, ' and ')
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
  const start = words[0] === 'the' && words.length > 1 ? 1 : 0
  let end = words.length
  while (end > start + 1 && LEGAL_FORMS.has(words[end - 1] ?? '')) end -= 1
  return words.slice(start, end).join(' ')
}

/** Words that every second name has. */
const JOINING: ReadonlySet<string> = new Set(['and', 'of', 'the'])

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(
    normaliseName(name)
      .split(' ')
      .filter((word) => word !== '' && !JOINING.has(word)),
  )
}

/** Names whose words are at least half the same, legal forms apart. */
export function areLikeNames(left: string, right: string): boolean {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const shared = [...a].filter((word) => b.has(word)).length
  return shared > 0 && shared * 2 >= Math.min(a.size, b.size) && shared * 3 >= Math.max(a.size, b.size)
}

/** One name says all that the other says: Acme and Acme Australia, not Wattle Cafe and Wattle Bakery. */
export function isNameWithin(left: string, right: string): boolean {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a]
  return fewer.size > 0 && [...fewer].every((word) => more.has(word))
}

/** A domain of the company's own; '' for mailbox providers, which would join all their users (R18b). */
export function domainOfEmail(email: string): string {
  const domain = email.trim().toLowerCase().split('@')[1] ?? ''
  return domain.includes('.') && !isFreeMail(domain) ? domain : ''
}

/** '' for a page on somebody else's address (facebook.com), which would join all that have one. */
export function domainOfWebsite(website: string): string {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/:?#\s]+)/i.exec(website.trim())?.[1]?.toLowerCase() ?? ''
  return host.includes('.') && !isSharedHost(host) ? host : ''
}
