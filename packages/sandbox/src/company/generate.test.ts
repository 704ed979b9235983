import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Chance, createChance } from '../core/chance.ts'
import { isValidAbn } from './abn.ts'
import type { Company, CompanyProfile, Home } from './contract.ts'
import { isAvailable } from './deal.ts'
import { addDays } from './document-dates.ts'
import { generateCompany } from './generate.ts'

const TODAY = '2026-11-02'
const SHAPES = ['mixed', 'zohoOnly', 'xeroOnly', 'bothEqual'] as const

const profiles: fc.Arbitrary<CompanyProfile> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  contacts: fc.integer({ min: 3, max: 320 }),
  items: fc.integer({ min: 3, max: 60 }),
  invoices: fc.integer({ min: 0, max: 120 }),
  shape: fc.constantFrom(...SHAPES),
  today: fc.constant(TODAY),
})

const RUNS = { numRuns: 60 }

function inXero(record: { home: Home }): boolean {
  return isAvailable(record.home, 'xero')
}

function inZoho(record: { home: Home }): boolean {
  return isAvailable(record.home, 'zoho')
}

function duplicatesOf(values: readonly string[]): string[] {
  const lower = values.map((value) => value.toLowerCase())
  return lower.filter((value, index) => lower.indexOf(value) !== index)
}

function check(rule: (company: Company) => void) {
  fc.assert(
    fc.property(profiles, (profile) => {
      rule(generateCompany(profile))
    }),
    RUNS,
  )
}

describe('any company', () => {
  test('is the same for the same profile', () => {
    check((company) => expect(generateCompany(company.profile)).toEqual(company))
  })

  test('has the counts that were asked for and distinct keys', () => {
    check(({ profile, parties, products, documents }) => {
      expect([parties.length, products.length, documents.length]).toEqual([
        profile.contacts,
        profile.items,
        profile.invoices,
      ])
      const keys = [...parties, ...products, ...documents].map((record) => record.key)
      expect(new Set(keys).size).toBe(keys.length)
    })
  })

  test('has only valid ABNs, none twice', () => {
    check(({ parties }) => {
      const abns = parties.map((party) => party.abn).filter((abn) => abn !== '')
      expect(abns.filter((abn) => !isValidAbn(abn))).toEqual([])
      expect(duplicatesOf(abns)).toEqual([])
    })
  })

  test("keeps Xero's rules where Xero has the record", () => {
    check(({ parties, products, documents }) => {
      const names = parties.filter(inXero).map((party) => party.xeroName)
      expect(duplicatesOf(names)).toEqual([])
      expect(names.filter((name) => /[<>]| {2}|^ | $/.test(name) || name.length > 255)).toEqual([])
      expect(duplicatesOf(products.filter(inXero).map((product) => product.code))).toEqual([])
      const tooLong = (product: { code: string; name: string }) => product.code.length > 30 || product.name.length > 50
      expect(products.filter(inXero).filter(tooLong)).toEqual([])
      expect(duplicatesOf(documents.map((document) => document.number))).toEqual([])
      expect(parties.filter((party) => party.email === '' && party.persons.length > 1)).toEqual([])
    })
  })

  test("keeps Zoho's rules where Zoho has the record", () => {
    check(({ parties, products, documents }) => {
      expect(parties.filter(inZoho).filter((party) => party.zohoName.length > 200)).toEqual([])
      expect(
        products.filter(inZoho).filter((product) => product.name.length > 200 || product.code.length > 40),
      ).toEqual([])
      expect(products.filter(inZoho).filter((product) => !/^\d+\.\d{2}$/.test(product.unitPrice))).toEqual([])
      const withoutProduct = documents
        .filter(inZoho)
        .flatMap((document) => document.lines)
        .filter((line) => line.productKey === undefined)
      expect(withoutProduct).toEqual([])
      expect(documents.filter(inZoho).filter((document) => document.type === 'bill')).toEqual([])
    })
  })

  test('invoices only parties and products of the same side', () => {
    check(({ parties, products, documents }) => {
      const homeOf = new Map([...parties, ...products].map((record) => [record.key, record.home]))
      for (const document of documents) {
        const keys = [document.partyKey, ...document.lines.flatMap((line) => line.productKey ?? [])]
        const strangers = keys.filter((key) => !isAvailable(homeOf.get(key) ?? document.home, document.home))
        expect([keys.filter((key) => !homeOf.has(key)), strangers]).toEqual([[], []])
        expect(document.lines.length).toBeGreaterThan(0)
      }
    })
  })

  test('dates documents in the 120 days before today', () => {
    check(({ documents }) => {
      const early = addDays(TODAY, -120)
      expect(documents.filter(({ date, dueDate }) => date < early || date >= TODAY || dueDate <= date)).toEqual([])
    })
  })

  test('carries money as decimal strings', () => {
    check(({ products, documents }) => {
      const lines = documents.flatMap((document) => document.lines)
      const prices = [...products, ...lines].map((record) => record.unitPrice)
      expect(prices.filter((price) => !/^\d+\.\d{2}(\d{2})?$/.test(price))).toEqual([])
      const numbers = lines.flatMap((line) => [line.quantity, line.discountPercent])
      expect(numbers.filter((number) => !/^\d+(\.\d{1,2})?$/.test(number))).toEqual([])
    })
  })
})

test('records of a clean company cannot clash', () => {
  check(({ profile, parties, products, documents }) => {
    if (profile.shape === 'mixed') return
    expect(parties.filter((party) => party.oddities.length > 0 || party.zohoName !== party.xeroName)).toEqual([])
    expect(duplicatesOf(parties.map((party) => party.zohoName))).toEqual([])
    expect(duplicatesOf(parties.flatMap((party) => party.persons.map((person) => person.email)))).toEqual([])
    expect(duplicatesOf(products.map((product) => product.name))).toEqual([])
    expect(products.filter((product) => product.name.length > 50)).toEqual([])
    expect(documents.filter((document) => document.type === 'bill' || document.currency !== 'AUD')).toEqual([])
    expect(new Set([...parties, ...products, ...documents].map((record) => record.home)).size).toBe(1)
  })
})

test('an invoice needs somebody to invoice', () => {
  const profile = { seed: 1, contacts: 0, items: 0, invoices: 1, shape: 'zohoOnly', today: TODAY } as const
  expect(() => generateCompany(profile)).toThrow('needs contacts and items')
})

/** How often chance is asked for a company of this size: what a search for a free name or number repeats. */
function drawsFor(size: number, shape: (typeof SHAPES)[number]): number {
  let draws = 0
  const counted = (seed: number): Chance => {
    const chance = createChance(seed)
    const float = () => {
      draws += 1
      return chance.float()
    }
    const int = (low: number, high: number) => low + Math.floor(float() * (high - low + 1))
    return { ...chance, float, int, pick: (items) => items[int(0, items.length - 1)] ?? items[0] }
  }
  const counts = { contacts: 10 * size, items: 2 * size, invoices: 20 * size }
  generateCompany({ seed: 7, ...counts, shape, today: TODAY }, counted)
  return draws
}

// Catches: a large company that takes for ever, since each record tries again and again what others have taken.
test.each(SHAPES)('%s: ten times the records are no more than ten times the work, and a little', (shape) => {
  const small = drawsFor(100, shape)
  expect(small).toBeGreaterThan(3_200)
  expect(drawsFor(1_000, shape)).toBeLessThan(11 * small)
})
