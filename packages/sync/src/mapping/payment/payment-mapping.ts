import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import {
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
} from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, skipByLife, WRITE } from '../verdicts.ts'
import { paidInvoice, paymentFields } from './payment-fields.ts'
import { PAYMENT_MODULE } from './payment-module.ts'

/** A payment of Xero and its record in the CRM, under the invoice that it pays (R38a). */
export function paymentMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'payment',
    fields: withOverrides('payment', paymentFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference: partnerReference,
    // Two payments of one invoice, date and amount are two payments: only our own id joins them.
    matchKeys: () => [],
    suggestKeys: () => [],
    lookups: paymentLookups,
    parents: paymentParents,
    title: ({ side, fields }) => textAt(fields, side === 'zoho' ? 'Name' : 'PaymentID'),
    createExtras,
    mayWrite: () => WRITE,
    check: () => GO,
  }
}

function skip(record: RemoteRecord, context: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  const { fields } = record
  if (textAt(fields, 'PaymentType') !== 'ACCRECPAYMENT') return 'notASale'
  if (textAt(fields, 'Status') === 'DELETED') return 'cancelled'
  // It comes with its invoice: the invoice marks its payments once it has a partner.
  return context.partnerOf('xero', 'Invoices', paidInvoice(fields)) === null ? 'parentLeftOut' : null
}

function partnerReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'xero') return null
  const field = settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

function paymentLookups(target: Side, { main }: SideView, { settings }: MappingContext): readonly Lookup[] {
  const field = settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  if (target === 'xero' || main === null || field === '') return []
  return [{ collection: PAYMENT_MODULE, key: { field, value: main.id } }]
}

function paymentParents({ main }: SideView): readonly ParentRef[] {
  const remoteId = main === null || main.side === 'zoho' ? '' : paidInvoice(main.fields)
  return remoteId === '' ? [] : [{ kind: 'invoice', side: 'xero', collection: 'Invoices', remoteId }]
}

/** Xero gets no payment from here: taking money is the bookkeeper's, and a payment cannot be edited (xero.md 4.6). */
function createExtras(target: Side, source: SideView, { settings }: LinkContext): Mapped<CreateExtras> {
  if (source.main === null) return holdFor('recordGone', 'The source record is gone')
  if (target === 'xero') return holdFor('valueNotAllowed', 'Payments are recorded in Xero, not in the CRM')
  const field = settings.provisioned.xeroId[PAYMENT_MODULE] ?? ''
  if (field === '')
    return holdFor('fieldMissing', `Zoho ${PAYMENT_MODULE} has no Xero ID field yet: connect provisions it`)
  return mapped({ payload: { [field]: source.main.id }, naturalKey: { field, value: source.main.id } })
}
