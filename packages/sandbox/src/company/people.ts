import type { Chance } from '../core/chance.ts'
import { createPhone, type Locality, writePhone } from './addresses.ts'
import type { Person } from './contract.ts'
import { pickFirstName, pickLastName, slugOf } from './names.ts'

/** People of one business, the primary one first, with distinct mailboxes at its domain. */
export function createPersons(chance: Chance, workplace: { domain: string; locality: Locality }, count: number) {
  const persons: Person[] = []
  const taken = new Set<string>()
  while (persons.length < count) {
    const firstName = pickFirstName(chance)
    const lastName = pickLastName(chance)
    const mailbox = `${slugOf(firstName, 30)}.${slugOf(lastName, 30)}`
    if (taken.has(mailbox)) continue
    taken.add(mailbox)
    const phone = writePhone(createPhone(chance, workplace.locality))
    persons.push({ firstName, lastName, email: `${mailbox}@${workplace.domain}`, phone })
  }
  return persons
}

/** Domains under `.example` (RFC 2606), made distinct by a number when two names shorten to one. */
export function createDomains(): (businessName: string) => string {
  const uses = new Map<string, number>()
  return (businessName) => {
    const slug = slugOf(businessName, 40) || 'business'
    const use = (uses.get(slug) ?? 0) + 1
    uses.set(slug, use)
    return use === 1 ? `${slug}.example` : `${slug}-no${use}.example`
  }
}
