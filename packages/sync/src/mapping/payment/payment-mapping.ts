import { isAllocationId } from '../../model/allocation.ts'
import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import {
  type CheckVerdict,
  type CreateExtras,
  type CrossReference,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Lookup,
  type Mapped,
  type MappingContext,
  mapped,
  type ParentRef,
  type SideView,
  type WriteIntent,
} from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, skipByLife, WRITE } from '../verdicts.ts'
import {
  allocationCollection,
  allocationExtras,
  allocationFault,
  allocationLookups,
  allocationMatchKeys,
  allocationParents,
  allocationQuestions,
  allocationSuggestKeys,
  isTypedCredit,
} from './allocation.ts'
import { isCreditNoteKept, paymentFields } from './payment-fields.ts'
import { PAYMENT_MODULE } from './payment-module.ts'
import { isSale, paidInvoice, usedCreditNote } from './payment-source.ts'

/** A payment of Xero, or credit that went to an invoice, and its record in the CRM under that invoice (R38a). */
export function paymentMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'payment',
    fields: withOverrides('payment', paymentFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference: partnerReference,
    // Two payments of one invoice, date and amount are two payments: only our own id joins them.
    matchKeys: allocationMatchKeys,
    suggestKeys: allocationSuggestKeys,
    lookups: paymentLookups,
    placeOf: (remoteId) => (isAllocationId(remoteId) ? 'Allocations' : null),
    createIn: allocationCollection,
    asks: allocationQuestions,
    parents: paymentParents,
    title: ({ side, fields, id }) => (side === 'zoho' ? textAt(fields, 'Name') : id),
    createExtras,
    mayWrite: () => WRITE,
    check,
  }
}

function skip(record: RemoteRecord, context: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  if (!isSale(record)) return 'notASale'
  if (textAt(record.fields, 'Status') === 'DELETED') return 'cancelled'
  // It comes with what it settles: that marks it once it has a partner.
  const [collection, parent] =
    paidInvoice(record) === ''
      ? (['CreditNotes', usedCreditNote(record)] as const)
      : (['Invoices', paidInvoice(record)] as const)
  return context.partnerOf('xero', collection, parent) === null ? 'parentLeftOut' : null
}

function partnerReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'xero') return null
  const field = settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

function paymentLookups(target: Side, view: SideView, context: MappingContext): readonly Lookup[] {
  if (view.main === null) return []
  if (target === 'xero') return allocationLookups(view, context)
  const field = context.settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  return field === '' ? [] : [{ collection: PAYMENT_MODULE, key: { field, value: view.main.id } }]
}

function paymentParents(view: SideView, context: MappingContext): readonly ParentRef[] {
  const { main } = view
  if (main === null) return []
  if (main.side === 'zoho') return allocationParents(view, context)
  const invoice = paidInvoice(main)
  const note = isCreditNoteKept(context.settings) ? usedCreditNote(main) : ''
  return [
    ...(invoice === '' ? [] : [xeroParent('invoice', 'Invoices', invoice)]),
    ...(note === '' ? [] : [xeroParent('creditNote', 'CreditNotes', note)]),
  ]
}

function xeroParent(
  kind: 'invoice' | 'creditNote',
  collection: 'Invoices' | 'CreditNotes',
  remoteId: string,
): ParentRef {
  return { kind, side: 'xero', collection, remoteId }
}

function check({ target, source }: WriteIntent, context: LinkContext): CheckVerdict {
  const { main } = source
  if (target === 'zoho' || main === null || !isTypedCredit(main, context)) return GO
  const fault = allocationFault(main, context)
  return fault === null ? GO : { type: 'hold', ...fault }
}

/** Xero gets no payment from here: taking money is the bookkeeper's, and a payment cannot be edited (xero.md 4.6). */
function createExtras(target: Side, source: SideView, context: LinkContext): Mapped<CreateExtras> {
  const { main } = source
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  const field = context.settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  if (field === '')
    return holdFor('fieldMissing', `Zoho ${PAYMENT_MODULE} has no Xero ID field yet: connect provisions it`)
  if (target === 'zoho') return mapped({ payload: { [field]: main.id }, naturalKey: { field, value: main.id } })
  if (isTypedCredit(main, context)) return mapped(allocationExtras(main, context))
  return holdFor('valueNotAllowed', 'Payments are recorded in Xero, not in the CRM')
}
