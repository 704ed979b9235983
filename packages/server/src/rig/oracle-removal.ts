import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Difference } from './oracle-difference.ts'
import { isRecordedByUs } from './oracle-recorded.ts'
import type { BothStates, XeroState, ZohoState } from './oracle-state.ts'

/** What can be deleted on both sides (R12c), and how one sees that Xero has put it away. */
export interface RemovalKind {
  readonly name: 'contact' | 'item' | 'quote' | 'invoice' | 'payment'
  readonly module: 'Accounts' | 'Products' | 'Quotes' | 'Invoices' | 'XeroPayments'
  idsInXero(xero: XeroState): readonly string[]
  /** Its record in Xero; undefined for one that is not there. */
  shownInXero(xero: XeroState, id: string): { readonly status?: string } | undefined
  readonly ends: readonly string[]
  /** May it go only when a person has agreed? */
  needsConsent(xero: XeroState, id: string): boolean
}

const statusOf = (kind: Pick<RemovalKind, 'shownInXero'>, xero: XeroState, id: string) =>
  kind.shownInXero(xero, id)?.status ?? ''

const CONTACT: RemovalKind = {
  name: 'contact',
  module: 'Accounts',
  ends: ['ARCHIVED'],
  idsInXero: (xero) => xero.contacts.map((one) => one.id),
  shownInXero: (xero, id) => xero.contacts.find((one) => one.id === id),
  needsConsent: () => false,
}

const ITEM: RemovalKind = {
  name: 'item',
  module: 'Products',
  ends: [],
  idsInXero: (xero) => xero.items.map((one) => one.id),
  shownInXero(xero, id) {
    const item = xero.items.find((one) => one.id === id)
    return item === undefined ? undefined : { ...item, status: 'ACTIVE' }
  },
  needsConsent: () => false,
}

const QUOTE: RemovalKind = {
  name: 'quote',
  module: 'Quotes',
  ends: ['DELETED'],
  idsInXero: (xero) => xero.quotes.map((one) => one.id),
  shownInXero: (xero, id) => xero.quotes.find((one) => one.id === id),
  needsConsent: (xero, id) => statusOf(QUOTE, xero, id) !== 'DRAFT',
}

const INVOICE: RemovalKind = {
  name: 'invoice',
  module: 'Invoices',
  ends: ['VOIDED', 'DELETED'],
  idsInXero: (xero) => xero.invoices.map((one) => one.id),
  shownInXero: (xero, id) => xero.invoices.find((one) => one.id === id),
  needsConsent: (xero, id) => !['DRAFT', 'SUBMITTED'].includes(statusOf(INVOICE, xero, id)),
}

const PAYMENT: RemovalKind = {
  name: 'payment',
  module: 'XeroPayments',
  ends: ['DELETED'],
  idsInXero: (xero) => xero.payments.map((one) => one.id),
  shownInXero: (xero, id) => xero.payments.find((one) => one.id === id),
  // What was recorded from the CRM ends with a token of ours.
  needsConsent: (xero, id) => !xero.payments.some((one) => one.id === id && isRecordedByUs(one)),
}

export const REMOVAL_KINDS: readonly RemovalKind[] = [CONTACT, ITEM, QUOTE, INVOICE, PAYMENT]

export function hasEnded(kind: RemovalKind, xero: XeroState, id: string): boolean {
  const record = kind.shownInXero(xero, id)
  return record === undefined || kind.ends.includes(record.status ?? '')
}

/** CRM records whose checkbox does not say what Xero says (R12c). */
export function flagDifferences({ zoho, xero }: BothStates, settings: ConnectionSettings): readonly Difference[] {
  return REMOVAL_KINDS.flatMap((kind) => {
    const key = settings.provisioned.deletedInXero[kind.module] ?? ''
    if (key === '' || kind.name === 'payment') return []
    const { name } = kind
    return zoho.records[kind.module]
      .filter((one) => one.Xero_ID !== '')
      .filter((one) => (one[key] === true) !== hasEnded(kind, xero, one.Xero_ID))
      .map((one) => {
        const xeroSays = hasEnded(kind, xero, one.Xero_ID) ? 'put away' : 'in use'
        const ids = { zohoId: one.id, xeroId: one.Xero_ID }
        return { kind: name, ...ids, field: 'deleted in Xero', zoho: String(one[key]), xero: xeroSays }
      })
  })
}

/** Is what Xero has put away told by the record's checkbox, so that nothing of it is missing (R12c)? */
export function isFlagged(zoho: ZohoState, id: string, settings: ConnectionSettings): boolean {
  return REMOVAL_KINDS.some(({ module }) => {
    const key = settings.provisioned.deletedInXero[module] ?? ''
    return key !== '' && zoho.records[module].some((one) => one.id === id && one[key] === true)
  })
}

/** CRM records that are to go to the recycle bin with what they stand for, and do not. */
export function unrecycled(
  { zoho, xero }: BothStates,
  settings: ConnectionSettings,
): readonly { readonly ids: readonly string[]; readonly text: string }[] {
  if (settings.deletedInXero !== 'recycle') return []
  return REMOVAL_KINDS.filter(({ name }) => name !== 'payment' && settings.kinds[name].zoho.delete).flatMap((kind) =>
    zoho.records[kind.module]
      .filter((one) => one.Xero_ID !== '' && hasEnded(kind, xero, one.Xero_ID))
      .map((one) => ({
        ids: [one.id, one.Xero_ID],
        text: `Zoho ${kind.module} ${one.id} stays although Xero has put ${one.Xero_ID} away`,
      })),
  )
}

/** What people have deleted in the CRM and Xero still has in use, with nobody told. */
export function undeleted(
  { zoho, xero }: BothStates,
  settings: ConnectionSettings,
): readonly { readonly ids: readonly string[]; readonly text: string }[] {
  return REMOVAL_KINDS.filter(({ name }) => settings.kinds[name].xero.delete).flatMap((kind) => {
    const named = new Set(zoho.records[kind.module].map((one) => one.Xero_ID))
    return zoho.deleted
      .filter(({ module }) => module === kind.module)
      .map(({ record }) => ({ id: record.id, partner: String(record.values.Xero_ID ?? '') }))
      .filter(({ partner }) => partner !== '' && !named.has(partner) && !hasEnded(kind, xero, partner))
      .map(({ id, partner }) => ({
        ids: [id, partner],
        text: `Zoho ${kind.module} ${id} was deleted, and ${partner} goes on in Xero`,
      }))
  })
}
