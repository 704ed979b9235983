import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping, MappingContext } from '../contract.ts'
import { auditInvoice, checkDocument, documentTotal } from '../invoice/check.ts'
import { turnsOverdue } from '../invoice/overdue.ts'
import { xeroStatus } from '../invoice/status.ts'
import { objectAt, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, skipByLife } from '../verdicts.ts'
import { asPurchase } from './as-purchase.ts'
import { billExtras } from './bill-create.ts'
import { billFields } from './bill-fields.ts'
import { billIdentity, billLookups, billParents, billReference, billSuggestKeys } from './bill-keys.ts'
import { billLines, SUBFORM } from './bill-lines.ts'
import { billLock } from './locks.ts'
import { billFaults } from './preflight.ts'
import { billQuestions } from './questions.ts'

/** Purchase orders of the CRM become bills in Xero, once each; their status and what is paid come back (R10c). */
export function billMapping(settings: ConnectionSettings): KindMapping {
  const lines = billLines(settings)
  return {
    kind: 'bill',
    fields: withOverrides('bill', billFields(settings), settings),
    lines,
    persons: null,
    skip,
    crossReference: billReference,
    // Suppliers number their own bills, and two may use one number: only our own id joins an order and a bill.
    matchKeys: () => [],
    suggestKeys: billSuggestKeys,
    lookups: billLookups,
    identityLookup: billIdentity,
    asks: billQuestions,
    parents: billParents,
    title,
    createExtras: billExtras,
    mayWrite: billLock,
    // The CRM's own amounts are never touched: what is paid reaches the order whatever its total.
    check: (intent, context) =>
      intent.target === 'zoho'
        ? GO
        : checkDocument(intent, { rules: lines, subform: SUBFORM, context: asPurchase(context), faultsOf: billFaults }),
    total: documentTotal,
    audit: (zoho, xero) => auditInvoice(zoho, xero),
    ...(settings.provisioned.bill.paymentState === '' ? {} : { turnsWith: turnsOverdue }),
  }
}

/** An order that has not come so far stays out until it has; a bill of Xero's own stays there. */
function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null) return byLife
  if (record.side === 'xero')
    return ['VOIDED', 'DELETED'].includes(xeroStatus(record)) ? 'cancelled' : 'directionSwitchedOff'
  const status = textAt(record.fields, 'Status')
  if (status === 'Cancelled') return 'cancelled'
  return settings.bill.orderStatuses.includes(status) ? null : 'statusFilteredOut'
}

function title({ side, fields }: RemoteRecord): string {
  const names =
    side === 'zoho'
      ? [textAt(fields, 'Subject'), textAt(fields, 'PO_Number')]
      : [textAt(fields, 'InvoiceNumber'), textAt(objectAt(fields, 'Contact'), 'Name')]
  return names.map((name) => tidy(decodeEntities(name))).find((text) => text !== '') ?? ''
}
