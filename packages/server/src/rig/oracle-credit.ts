import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { Big } from 'big.js'
import { type Difference, differences } from './oracle-difference.ts'
import type { BothStates, XeroCredit, ZohoCreditNote, ZohoPayment } from './oracle-state.ts'

type Allocation = XeroCredit['allocations'][number]

export interface CreditNotePair {
  readonly crm: ZohoCreditNote
  readonly books: XeroCredit
  readonly refunded: Big
  /** The Xero contact that the CRM's customer is linked to; '' when it is not. */
  readonly customer: string
}

/** Notes that the CRM's own Xero ID names. */
export function creditNotePairs({ zoho, xero }: BothStates): readonly CreditNotePair[] {
  const customers = new Map(zoho.records.Accounts.map((account) => [account.id, account.Xero_ID]))
  return zoho.records.XeroCreditNotes.flatMap((crm) =>
    xero.creditNotes
      .filter((one) => one.id === crm.Xero_ID)
      .map((books) => ({
        crm,
        books,
        refunded: sumOf(xero.payments.filter((one) => one.creditNoteId === books.id && one.status === 'AUTHORISED')),
        customer: customers.get(crm.Credit_Customer) ?? '',
      })),
  )
}

/** On Xero's own screens. */
const WORDS: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Approved',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
}

export function creditNoteDifferences({ crm, books, refunded, customer }: CreditNotePair): readonly Difference[] {
  return differences({ kind: 'creditNote', zohoId: crm.id, xeroId: books.id }, (differ) => {
    if (crm.Credit_Status !== WORDS[books.status]) differ('status', crm.Credit_Status, books.status)
    // Voided and deleted documents keep whatever they said.
    if (['VOIDED', 'DELETED'].includes(books.status)) return
    if (crm.Name !== books.number) differ('number', crm.Name, books.number)
    if (crm.Credit_Date !== books.date) differ('date', crm.Credit_Date, books.date)
    // A company that was deleted in the CRM takes the lookup along.
    if (crm.Credit_Customer !== '' && customer !== books.contactId) differ('customer', customer, books.contactId)
    if (!new Big(crm.Credit_Total).eq(books.total)) differ('total', crm.Credit_Total, books.total)
    const remaining = new Big(books.total).minus(sumOf(books.allocations)).minus(refunded)
    if (!remaining.eq(crm.Credit_Remaining)) differ('remaining', crm.Credit_Remaining, remaining.toFixed(2))
    if (!refunded.eq(crm.Credit_Refunded)) differ('refunded', crm.Credit_Refunded, refunded.toFixed(2))
  })
}

export interface AllocationPair {
  readonly crm: ZohoPayment
  readonly type: string
  /** null: somebody took it back. */
  readonly books: Allocation | null
  /** The CRM invoice of what it settles; '' when it is not linked. */
  readonly invoiceId: string
}

const LETTERS = { C: 'Credit note', P: 'Prepayment', O: 'Overpayment' } as const

/** What of a credit went to an invoice, by the ids in the CRM's own Xero ID: letter, credit, allocation. */
export function allocationPairs({ zoho, xero }: BothStates): readonly AllocationPair[] {
  const invoices = new Map(zoho.records.Invoices.map((one) => [one.Xero_ID, one.id]))
  const credits = new Map([...xero.creditNotes, ...xero.prepayments, ...xero.overpayments].map((one) => [one.id, one]))
  return zoho.records.XeroPayments.flatMap((crm) => {
    const [letter = '', creditId = '', own = ''] = crm.Xero_ID.split(':')
    const type = Object.entries(LETTERS).find(([one]) => one === letter)?.[1]
    if (type === undefined || own === '') return []
    const books = credits.get(creditId)?.allocations.find(({ id }) => id === own) ?? null
    return [{ crm, type, books, invoiceId: invoices.get(books?.invoiceId ?? '') ?? '' }]
  })
}

export function allocationDifferences({ crm, type, books, invoiceId }: AllocationPair): readonly Difference[] {
  return differences({ kind: 'payment', zohoId: crm.id, xeroId: crm.Xero_ID }, (differ) => {
    if (crm.Payment_Type !== type) differ('type', crm.Payment_Type, type)
    const shown = books === null ? 'Deleted' : 'Applied'
    if (crm.Payment_Status !== shown) differ('status', crm.Payment_Status, shown)
    if (books === null) return
    if (!new Big(crm.Paid_Amount).eq(books.amount)) differ('amount', crm.Paid_Amount, books.amount)
    if (crm.Payment_Date !== books.date) differ('date', crm.Payment_Date, books.date)
    if (invoiceId !== '' && crm.Paid_Invoice !== '' && crm.Paid_Invoice !== invoiceId)
      differ('invoice', crm.Paid_Invoice, invoiceId)
  })
}

interface Lost {
  /** Any of these in the inbox explains it. */
  readonly ids: readonly string[]
  readonly text: string
}

const PURCHASES = ['ACCPAYCREDIT', 'APPREPAYMENT', 'SPEND-PREPAYMENT', 'SPEND-OVERPAYMENT']

/** Sales credits, and what of them went to invoices of the CRM, that are not there; notes of the CRM that Xero lacks. */
export function lostCredits(states: BothStates, { kinds }: ConnectionSettings): readonly Lost[] {
  return [...(kinds.creditNote.isOn ? lostNotes(states) : []), ...(kinds.payment.isOn ? lostAllocations(states) : [])]
}

function lostNotes({ zoho, xero }: BothStates): readonly Lost[] {
  const known = knownIds(zoho, 'XeroCreditNotes')
  const unsent = zoho.records.XeroCreditNotes.filter((one) => one.Xero_ID === '').map((one) => ({
    ids: [one.id],
    text: `Zoho credit note ${one.id} ${one.Name}`,
  }))
  const missing = xero.creditNotes
    .filter((one) => one.type === 'ACCRECCREDIT' && !['VOIDED', 'DELETED'].includes(one.status) && !known.has(one.id))
    .map((one) => ({ ids: [one.id, one.contactId], text: `Xero credit note ${one.id} ${one.number}` }))
  return [...unsent, ...missing]
}

function lostAllocations({ zoho, xero }: BothStates): readonly Lost[] {
  const known = new Set([...knownIds(zoho, 'XeroPayments')].map((id) => id.split(':').at(-1)))
  const linked = new Set(zoho.records.Invoices.map((one) => one.Xero_ID).filter((id) => id !== ''))
  return [...lettered('C', xero.creditNotes), ...lettered('P', xero.prepayments), ...lettered('O', xero.overpayments)]
    .filter(({ credit }) => !PURCHASES.includes(credit.type))
    .flatMap(({ letter, credit }) => credit.allocations.map((one) => ({ letter, credit, one })))
    .filter(({ one }) => linked.has(one.invoiceId) && !known.has(one.id))
    .map(({ letter, credit, one }) => ({
      // The inbox may name the allocation itself: two that are alike, or a record that was deleted before it got its ID.
      ids: [`${letter}:${credit.id}:${one.id}`, credit.id, one.invoiceId, credit.contactId],
      text: `Xero allocation ${one.id} of ${credit.type} ${credit.id} to ${one.invoiceId}`,
    }))
}

function lettered(letter: keyof typeof LETTERS, credits: readonly XeroCredit[]) {
  return credits.map((credit) => ({ letter, credit }))
}

/** A person who deletes such a record takes it out: it is not made again. */
function knownIds(zoho: BothStates['zoho'], module: 'XeroCreditNotes' | 'XeroPayments'): ReadonlySet<string> {
  return new Set([
    ...zoho.records[module].map((one) => one.Xero_ID),
    ...zoho.deleted.flatMap((one) => (one.module === module ? [String(one.record.values.Xero_ID)] : [])),
  ])
}

function sumOf(rows: readonly { readonly amount: string }[]): Big {
  return rows.reduce((sum, { amount }) => sum.plus(amount), new Big(0))
}
