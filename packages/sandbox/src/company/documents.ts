import type { Chance } from '../core/chance.ts'
import type { CompanyProfile, Home, InvoiceDocument, Party, Product } from './contract.ts'
import { createDeck, dealHomes, isAvailable, keyOf, shuffle } from './deal.ts'
import { pickDates } from './document-dates.ts'
import { CLEAN_DISCOUNTS, createLineSource, type LineSource, MIXED_DISCOUNTS } from './document-lines.ts'
import { numberDocuments } from './document-numbers.ts'
import { currencyOfCountry } from './standing.ts'

type Status = Pick<InvoiceDocument, 'xeroStatus' | 'zohoStatus'>

/** What the other side would call the same state. Zoho has no word for paid (fact sheet Zoho, section 4). */
const DRAFT: Status = { xeroStatus: 'DRAFT', zohoStatus: 'Created' }
const SUBMITTED: Status = { xeroStatus: 'SUBMITTED', zohoStatus: 'Created' }
const APPROVED: Status = { xeroStatus: 'AUTHORISED', zohoStatus: 'Approved' }
const PAID: Status = { xeroStatus: 'PAID', zohoStatus: 'Delivered' }
const VOIDED: Status = { xeroStatus: 'VOIDED', zohoStatus: 'Cancelled' }

const CLEAN_STATUSES = [APPROVED, APPROVED, APPROVED, PAID, PAID, DRAFT] as const
const MIXED_STATUSES = [APPROVED, APPROVED, APPROVED, APPROVED, PAID, PAID, PAID, DRAFT, SUBMITTED, VOIDED] as const
const BILL_STATUSES = [APPROVED, APPROVED, PAID, DRAFT] as const

/** Every so many documents of Xero in a mixed company is a bill, and every so many sale there has a line without product. */
const BILL_EVERY = 5
const SERVICE_LINE_EVERY = 4

export interface Catalogue {
  readonly parties: readonly Party[]
  readonly products: readonly Product[]
}

/** Sales invoices, and in a mixed company bills that only Xero has. Throws when there is nobody or nothing to invoice. */
export function generateDocuments(profile: CompanyProfile, catalogue: Catalogue, chance: Chance): InvoiceDocument[] {
  const isMixed = profile.shape === 'mixed'
  const wanted = dealHomes(chance, profile.shape, profile.invoices)
  const desks = openDesks(chance, catalogue, isMixed)
  const seen: Record<Home, number> = { zoho: 0, xero: 0, both: 0 }
  const drafts = wanted.map((home) => {
    const desk = desks.find((other) => other.home === home) ?? desks[0]
    if (desk === undefined) throw new Error('A company with invoices needs contacts and items on the same side')
    seen[desk.home] += 1
    return draftDocument(desk, seen[desk.home], { profile, chance })
  })
  return numberDocuments(drafts, chance).map((document, index) => ({ ...document, key: keyOf('document', index) }))
}

/** The clerk of one home: knows whom and what may be invoiced there. */
interface Desk {
  readonly home: Home
  readonly customer: () => Party
  readonly supplier: (() => Party) | undefined
  readonly products: readonly Product[]
  readonly lineSource: LineSource
  readonly status: () => Status
  readonly billStatus: () => Status
}

function openDesks(chance: Chance, catalogue: Catalogue, isMixed: boolean): Desk[] {
  const homes: Home[] = ['zoho', 'xero', 'both']
  return homes.flatMap((home): Desk[] => {
    const parties = catalogue.parties.filter((party) => isInvoiceable(party, home))
    const products = catalogue.products.filter((product) => isAvailable(product.home, home))
    const customer = partyDeck(chance, parties, 'customer')
    if (customer === undefined || products.length === 0) return []
    return [
      {
        home,
        customer,
        supplier: isMixed && home === 'xero' ? partyDeck(chance, parties, 'supplier') : undefined,
        products,
        lineSource: createLineSource(chance, isMixed ? MIXED_DISCOUNTS : CLEAN_DISCOUNTS),
        status: createDeck(chance, isMixed ? MIXED_STATUSES : CLEAN_STATUSES),
        billStatus: createDeck(chance, BILL_STATUSES),
      },
    ]
  })
}

/** Xero refuses archived contacts on new documents, so none of ours has one. */
function isInvoiceable(party: Party, home: Home): boolean {
  return isAvailable(party.home, home) && !party.oddities.includes('archivedInXero')
}

/** Overseas parties come first in the first round: a small company has documents in each currency too. */
function partyDeck(chance: Chance, parties: readonly Party[], role: Party['role']): (() => Party) | undefined {
  const [first, ...others] = parties.filter((party) => party.role === role || party.role === 'both')
  if (first === undefined) return undefined
  const deck = createDeck(chance, [first, ...others])
  const overseas = shuffle(
    chance,
    [first, ...others].filter((party) => currencyOfCountry(party.billing.country) !== 'AUD'),
  )
  return () => overseas.pop() ?? deck()
}

interface DraftSetting {
  readonly profile: CompanyProfile
  readonly chance: Chance
}

export type UnnumberedDocument = Omit<InvoiceDocument, 'key' | 'number'>

/** `ordinal` counts the documents of the desk, from 1. */
function draftDocument(desk: Desk, ordinal: number, { profile, chance }: DraftSetting): UnnumberedDocument {
  const isBill = desk.supplier !== undefined && ordinal % BILL_EVERY === 0
  const party = isBill && desk.supplier !== undefined ? desk.supplier() : desk.customer()
  const type = isBill ? 'bill' : 'sale'
  const currency = currencyOfCountry(party.billing.country)
  const hasServiceLine = profile.shape === 'mixed' && desk.home === 'xero' && ordinal % SERVICE_LINE_EVERY === 0
  return {
    home: desk.home,
    partyKey: party.key,
    reference: chance.int(1, 3) === 1 ? `PO ${chance.int(1000, 9999)}` : '',
    ...pickDates(chance, profile.today),
    currency,
    ...(isBill ? desk.billStatus() : desk.status()),
    type,
    lines: desk.lineSource.lines({ products: desk.products, type, isExport: currency !== 'AUD', hasServiceLine }),
  }
}
