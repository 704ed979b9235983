import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping, MappingContext } from '../contract.ts'
import { isTicked, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { skipByLife } from '../verdicts.ts'
import { auditInvoice, checkInvoice, documentTotal } from './check.ts'
import { invoiceExtras } from './invoice-create.ts'
import { invoiceFields } from './invoice-fields.ts'
import {
  invoiceChildren,
  invoiceLookups,
  invoiceMatchKeys,
  invoiceParents,
  invoiceReference,
  invoiceSuggestKeys,
} from './invoice-keys.ts'
import { invoiceLines } from './line-rules.ts'
import { invoiceLock } from './locks.ts'
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
    parents: invoiceParents,
    children: invoiceChildren,
    title,
    createExtras: invoiceExtras,
    mayWrite: invoiceLock,
    check: (intent, context) => checkInvoice(intent, lines, context),
    total: documentTotal,
    audit: (zoho, xero) => auditInvoice(zoho, xero),
  }
}

function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null) return byLife
  if (record.side === 'xero') {
    if (textAt(record.fields, 'Type') === 'ACCPAY') return 'notASale'
    return ['DELETED', 'VOIDED'].includes(xeroStatus(record)) ? 'cancelled' : null
  }
  const tick = settings.provisioned.addToXero
  if (settings.addToXero === 'ticked' && !(tick !== '' && isTicked(record.fields, tick))) return 'notTicked'
  return textAt(record.fields, 'Status') === 'Cancelled' ? 'cancelled' : null
}

function title({ side, fields }: RemoteRecord): string {
  const names = side === 'zoho' ? ['Subject', 'Invoice_Number'] : ['InvoiceNumber', 'Reference']
  return names.map((name) => tidy(decodeEntities(textAt(fields, name)))).find((text) => text !== '') ?? ''
}
