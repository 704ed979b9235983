import type { MappingDocument } from '@tandem/sync/model/mapping-document.ts'
import { NO_MAPPING } from '@tandem/sync/model/mapping-document.ts'
import { xeroAct } from '../rig/acts.ts'
import type { BothStates } from '../rig/oracle-state.ts'
import type { SimulatedCompany } from './company.ts'

/** The regions that people have given CRM invoices, by their ids; '' for none. */
export type TrackingBook = Map<string, Set<string>>

const CATEGORY = 'Region'
const OPTIONS = ['North', 'South'] as const

/** A field of CRM invoices that becomes the tracking option of their lines in Xero (R20b). */
export const TRACKED: MappingDocument = {
  ...NO_MAPPING,
  kinds: {
    invoice: [{ field: 'region', zoho: 'Purchase_Order', xero: `Tracking.${CATEGORY}`, direction: 'zohoToXero' }],
  },
}

export async function makeRegions(company: SimulatedCompany): Promise<void> {
  for (const option of OPTIONS) await xeroAct(company, { action: 'saveTrackingOption', category: CATEGORY, option })
}

export function noteRegion(book: TrackingBook, invoiceId: string, region: string): void {
  book.set(invoiceId, (book.get(invoiceId) ?? new Set()).add(region.toLowerCase()))
}

/**
 * Lines that bear an option which neither the CRM has ever said of their invoice nor a bookkeeper has chosen: of an invoice
 * that came from Xero, and of a line that was there before, none is right too.
 */
export function strangeOptions(
  book: TrackingBook,
  { zoho, xero }: BothStates,
): readonly { readonly text: string; readonly ids: readonly string[] }[] {
  const ours = new Set<string>(OPTIONS)
  return zoho.records.Invoices.flatMap((crm) => {
    const books = xero.invoices.find(({ id }) => id === crm.Xero_ID)
    if (books === undefined) return []
    const said = book.get(crm.id) ?? new Set([''])
    return books.lines.flatMap(({ id, tracking }) => {
      const option = tracking.find(({ name }) => name === CATEGORY)?.option ?? ''
      const isBookkeepers = option !== '' && !ours.has(option)
      const mayBeNone = option === '' && !books.createdByApp
      if (isBookkeepers || mayBeNone || said.has(option.toLowerCase())) return []
      const text = `line ${id} of ${books.id} bears "${option}", of ${crm.id} was said: ${[...said].join()}`
      return [{ text, ids: [books.id, crm.id] }]
    })
  })
}
