import { decodeEntities } from '../clean-text.ts'

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

/** Mailbox providers whose domain says nothing about the company (R18b). */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.com.au msn.com yahoo.com yahoo.com.au yahoo.co.uk yahoo.co.nz ' +
    'ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de proton.me protonmail.com fastmail.com zoho.com mail.com ' +
    'bigpond.com bigpond.net.au optusnet.com.au tpg.com.au iinet.net.au internode.on.net dodo.com.au westnet.com.au adam.com.au ' +
    'xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz btinternet.com sky.com talktalk.net virginmedia.com comcast.net orange.fr free.fr wanadoo.fr'
  ).split(' '),
)

export function domainOfEmail(email: string): string {
  const domain = email.trim().toLowerCase().split('@')[1] ?? ''
  return domain === '' || FREE_MAIL.has(domain) ? '' : domain
}

export function domainOfWebsite(website: string): string {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/:?#\s]+)/i.exec(website.trim())?.[1]?.toLowerCase() ?? ''
  return host.includes('.') && !FREE_MAIL.has(host) ? host : ''
}

const ABN_WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19] as const
const ABN_MODULUS = 89

/** Eleven digits whose checksum holds, with or without spaces; '' for any other text (R18b). */
export function abnOf(text: string): string {
  const digits = text.replace(/[\s.-]/g, '')
  if (!/^\d{11}$/.test(digits)) return ''
  const total = ABN_WEIGHTS.reduce(
    (sum, weight, index) => sum + weight * (Number(digits.charAt(index)) - (index === 0 ? 1 : 0)),
    0,
  )
  return total % ABN_MODULUS === 0 ? digits : ''
}
