import { type Chance, createChance } from '@tandem/sandbox'
import type { Desk } from './desk.ts'
import { type GoldenDocument, NO_DISCOUNT } from './document.ts'
import type { Family } from './families.ts'
import { XERO_FAMILIES } from './families-xero.ts'
import { ZOHO_FAMILIES } from './families-zoho.ts'

export interface GoldenProfile {
  readonly seed: number
  readonly customers: number
  readonly products: number
}

/** The same 200 documents for the same seed: 120 born in Zoho, 80 born in Xero. */
export function generateDocuments(profile: GoldenProfile): readonly GoldenDocument[] {
  return [...documentsOf('zoho', ZOHO_FAMILIES, profile), ...documentsOf('xero', XERO_FAMILIES, profile)]
}

function documentsOf(
  born: GoldenDocument['born'],
  families: readonly Family[],
  profile: GoldenProfile,
): readonly GoldenDocument[] {
  const chance = createChance(profile.seed + (born === 'zoho' ? 0 : 1))
  const desk: Desk = { chance, products: profile.products }
  const planned = families.flatMap((family) =>
    Array.from({ length: family.count }, (_, ordinal) => ({ family, ordinal })),
  )
  return planned.map(({ family, ordinal }, index) => ({
    title: `${born === 'zoho' ? 'Z' : 'X'}${String(index + 1).padStart(3, '0')} ${family.name}`,
    born,
    customer: chance.int(0, profile.customers - 1),
    currency: 'AUD',
    ...datesOf(born, chance),
    basis: 'Exclusive',
    headerDiscount: NO_DISCOUNT,
    adjustment: '0',
    documentTaxes: [],
    ...family.make(desk, ordinal),
  }))
}

/** The month of October, which is what the tie-out is about: one half of it for each side. */
function datesOf(born: GoldenDocument['born'], chance: Chance) {
  const day = chance.int(1, 15) + (born === 'zoho' ? 0 : 15)
  return { date: `2026-10-${String(day).padStart(2, '0')}`, dueDate: '2026-11-30' }
}
