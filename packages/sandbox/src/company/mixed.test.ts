import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Company, PartyOddity } from './contract.ts'
import { generateCompany } from './generate.ts'

/** At least so many of each in a mixed company of 40 contacts. */
const FEWEST: Readonly<Record<PartyOddity, number>> = {
  duplicateName: 4,
  duplicateEmail: 6,
  oddCharacters: 6,
  longName: 2,
  archivedInXero: 3,
  nameDiffers: 3,
  noEmail: 5,
}

function check(rule: (company: Company) => void) {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 })
  const build = (seed: number) =>
    generateCompany({ seed, contacts: 40, items: 20, invoices: 60, shape: 'mixed', today: '2026-11-02' })
  fc.assert(
    fc.property(seeds, (seed) => {
      rule(build(seed))
    }),
    { numRuns: 60 },
  )
}

describe('a mixed company of 40 contacts', () => {
  test('has its records on both sides', () => {
    check(({ parties, products, documents }) => {
      const count = (records: Company['parties'] | Company['products'] | Company['documents'], home: string) =>
        records.filter((record) => record.home === home).length
      expect(['zoho', 'xero', 'both'].map((home) => count(parties, home))).toEqual([16, 14, 10])
      expect(['zoho', 'xero', 'both'].map((home) => count(products, home))).toEqual([8, 7, 5])
      expect(['zoho', 'xero', 'both'].map((home) => count(documents, home))).toEqual([24, 21, 15])
    })
  })

  test('has a handful of each oddity', () => {
    check(({ parties }) => {
      for (const [oddity, fewest] of Object.entries(FEWEST)) {
        const odd = parties.filter((party) => party.oddities.some((other) => other === oddity))
        expect(odd.length, oddity).toBeGreaterThanOrEqual(fewest)
      }
    })
  })

  test('has the duplicates that the oddities announce, and no others', () => {
    check(({ parties }) => {
      const sharing = (pick: (party: Company['parties'][number]) => string) =>
        parties.filter(
          (party) => pick(party) !== '' && parties.filter((other) => pick(other) === pick(party)).length > 1,
        )
      const odd = (oddity: PartyOddity) => parties.filter((party) => party.oddities.includes(oddity))
      expect(sharing((party) => party.zohoName.toLowerCase())).toEqual(odd('duplicateName'))
      expect(sharing((party) => party.email)).toEqual(odd('duplicateEmail'))
      expect(parties.filter((party) => party.email === '')).toEqual(odd('noEmail'))
      const differing = parties.filter((party) => party.home === 'both' && party.zohoName !== party.xeroName)
      expect(differing).toEqual(odd('nameDiffers'))
    })
  })

  test('has every tax, currency and state of a document, discounts, bills and lines without product', () => {
    check(({ documents, products, taxes, currencies }) => {
      const lines = documents.flatMap((document) => document.lines)
      expect(new Set(lines.map((line) => line.taxKey)).size).toBe(taxes.length)
      expect(new Set(documents.map((document) => document.currency)).size).toBe(currencies.length)
      expect(new Set(documents.map((document) => document.xeroStatus)).size).toBe(5)
      expect(new Set(documents.map((document) => document.zohoStatus)).size).toBe(4)
      expect(documents.some((document) => document.type === 'bill')).toBe(true)
      expect(lines.some((line) => line.productKey === undefined)).toBe(true)
      expect(lines.some((line) => /\.\d{2}$/.test(line.discountPercent))).toBe(true)
      expect(products.some((product) => product.home === 'zoho' && product.name.length > 50)).toBe(true)
    })
  })

  test('never invoices a contact that Xero has archived', () => {
    check(({ parties, documents }) => {
      const archived = new Set(
        parties.filter((party) => party.oddities.includes('archivedInXero')).map(({ key }) => key),
      )
      expect(documents.filter((document) => archived.has(document.partyKey))).toEqual([])
    })
  })
})

test('a larger company shows every kind of odd character', () => {
  const company = generateCompany({
    seed: 5,
    contacts: 1_000,
    items: 5,
    invoices: 0,
    shape: 'mixed',
    today: '2026-11-02',
  })
  const names = company.parties.flatMap((party) => [party.zohoName, party.xeroName]).join('\n')
  for (const character of ['&', "'", '"', 'é', 'ß', '🐨', '龙', '<', '  ', '+']) expect(names).toContain(character)
  expect(company.parties.some((party) => party.phone.country.startsWith('+'))).toBe(true)
})
