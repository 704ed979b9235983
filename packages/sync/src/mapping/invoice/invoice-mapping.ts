import { XERO_INVOICE_STATUSES } from '../../model/invoice-settings.ts'
import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { NOW, type ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping, MappingContext } from '../contract.ts'
import { isTicked, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { skipByLife } from '../verdicts.ts'
import { auditInvoice, checkInvoice, documentTotal } from './check.ts'
import { invoiceExtras } from './invoice-create.ts'
import { invoiceFields } from './invoice-fields.ts'
import {
  formerAllocations,
  invoiceChildren,
  invoiceLookups,
  invoiceMatchKeys,
  invoiceParents,
  invoiceReference,
  invoiceSuggestKeys,
} from './invoice-keys.ts'
import { invoiceEnded, invoiceRemoval } from './invoice-removal.ts'
import { invoiceLines } from './line-rules.ts'
import { invoiceLock } from './locks.ts'
import { furtherInvoiceLookups, invoiceClash, invoiceIdentity } from './number-keys.ts'
import { turnsOverdue } from './overdue.ts'
import { invoiceQuestions } from './questions.ts'
import { xeroStatus } from './status.ts'

export function invoiceMapping(settings: ConnectionSettings): KindMapping {
  const lines = invoiceLines(settings)
  return {
    kind: 'invoice',
    fields: withOverrides('invoice', invoiceFields(settings), settings),
    lines,
    persons: null,
    skip,
    crossReference: invoiceReference,
    matchKeys: invoiceMatchKeys,
    suggestKeys: invoiceSuggestKeys,
    lookups: invoiceLookups,
    furtherLookups: furtherInvoiceLookups,
    identityLookup: invoiceIdentity,
    clash: invoiceClash,
    asks: invoiceQuestions,
    parents: invoiceParents,
    children: invoiceChildren,
    formerChildren: formerAllocations,
    title,
    createExtras: invoiceExtras,
    mayWrite: invoiceLock,
    check: (intent, context) => checkInvoice(intent, lines, context),
    total: documentTotal,
    audit: (zoho, xero) => auditInvoice(zoho, xero),
    removal: invoiceRemoval,
    ended: invoiceEnded,
    stamp: (target) => lastSynced(target, settings),
    ...(settings.provisioned.paymentState === '' ? {} : { turnsWith: turnsOverdue }),
  }
}

/** When we last wrote to the CRM record, beside whatever else is written (design section 8). */
function lastSynced(target: Side, { provisioned }: ConnectionSettings): ValueObject {
  return target === 'xero' || provisioned.lastSynced === '' ? {} : { [provisioned.lastSynced]: NOW }
}

function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null) return byLife
  if (record.side === 'xero') {
    return textAt(record.fields, 'Type') === 'ACCPAY' ? 'notASale' : skipByStatus(record, settings)
  }
  const tick = settings.provisioned.addToXero
  if (settings.addToXero === 'ticked' && !(tick !== '' && isTicked(record.fields, tick))) return 'notTicked'
  return textAt(record.fields, 'Status') === 'Cancelled' ? 'cancelled' : null
}

/** Looked at again whenever it changes: a draft that stays out comes when it is approved (R31b). */
function skipByStatus(record: RemoteRecord, { invoice }: ConnectionSettings): SkipReason | null {
  const status = xeroStatus(record)
  // A status that nobody knows is told to a person (unmappedStatus), not left out.
  const known = XERO_INVOICE_STATUSES.find((one) => one === status)
  if (known === undefined || invoice.xeroStatuses.includes(known)) return null
  return ['DELETED', 'VOIDED'].includes(status) ? 'cancelled' : 'statusFilteredOut'
}

function title({ side, fields }: RemoteRecord): string {
  const names = side === 'zoho' ? ['Subject', 'Invoice_Number'] : ['InvoiceNumber', 'Reference']
  return names.map((name) => tidy(decodeEntities(textAt(fields, name)))).find((text) => text !== '') ?? ''
}
