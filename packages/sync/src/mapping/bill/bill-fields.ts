import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, type Mapped, type MappingContext, mapped } from '../contract.ts'
import { currencyRule } from '../document/currency-rule.ts'
import { type DateSpec, dateRule } from '../document/date-rule.ts'
import { billLink } from '../invoice/deep-link.ts'
import { moneyRules } from '../invoice/money-fields.ts'
import { xeroStatus } from '../invoice/status.ts'
import { asText, lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, xeroText, zohoText } from '../rule.ts'
import { locked, WRITE } from '../verdicts.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { billNumber } from './bill-keys.ts'

const MODULE = 'Purchase_Orders'

/** Orders are written in the CRM; what Xero knows of the bill comes back. No exchange rate, as on invoices. */
export function billFields({ provisioned }: ConnectionSettings): readonly FieldRule[] {
  const { bill } = provisioned
  return [
    vendorRule(),
    numberRule(bill.number),
    writtenInCrm({ field: 'date', zoho: 'PO_Date', xero: 'Date', label: { zoho: 'PO Date', xero: 'Date' } }),
    writtenInCrm({
      field: 'dueDate',
      zoho: 'Due_Date',
      xero: 'DueDate',
      label: { zoho: 'Due Date', xero: 'Due date' },
    }),
    { ...currencyRule(), direction: 'zohoToXero', policy: 'zoho' },
    cancelledRule(),
    ...xeroIdRules(MODULE, provisioned.xeroId[MODULE] ?? '', 'Invoice ID'),
    ...urlRules(bill.url),
    ...moneyRules({
      module: MODULE,
      amountDue: bill.amountDue,
      amountPaid: bill.amountPaid,
      xeroStatus: bill.status,
      paymentState: bill.paymentState,
    }),
  ]
}

/** The supplier through its link; only ids ever travel: a name inside a document makes or changes contacts (xero.md 4.1). */
function vendorRule(): FieldRule {
  return fieldRule({
    field: 'vendor',
    label: { zoho: 'Vendor Name', xero: 'From' },
    direction: 'zohoToXero',
    policy: 'zoho',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : lookupIdAt(view.main.fields, 'Vendor_Name')),
      accept: (other, context) => partner(other, { side: 'xero', collection: 'Suppliers' }, context),
      write: (value) => ({ Vendor_Name: { id: value } }),
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(objectAt(view.main.fields, 'Contact'), 'ContactID')),
      accept: (other, context) => partner(other, { side: 'zoho', collection: 'Vendors' }, context),
      write: (value) => ({ Contact: { ContactID: value } }),
    },
    apart: () => locked('onlyFollows', 'In Xero the bill is of another supplier than the purchase order in Zoho CRM'),
  })
}

function partner(
  other: Value,
  from: { readonly side: 'zoho' | 'xero'; readonly collection: 'Vendors' | 'Suppliers' },
  context: MappingContext,
): Mapped<Value> {
  const id = asText(other)
  if (id === '' && from.side === 'zoho') return holdFor('missingParent', 'The purchase order has no Vendor Name')
  const found = id === '' ? null : context.partnerOf(from.side, from.collection, id)
  return found === null ? holdFor('missingParent', 'The supplier of the bill has no partner yet') : mapped(found)
}

/**
 * What people find the bill by: the supplier's own number, from whichever side somebody types it on; until then the
 * order's. Not unique in Xero and never a key.
 */
function numberRule(apiName: string): FieldRule {
  const zoho = zohoText({ role: 'main', module: MODULE, key: apiName, length: 255, clean: tidy })
  return fieldRule({
    field: 'number',
    label: { zoho: 'Supplier Invoice No', xero: 'Reference' },
    direction: apiName === '' ? 'zohoToXero' : 'both',
    policy: 'xero',
    zoho: { ...zoho, read: (view, context) => (view.main === null ? null : billNumber(view.main, context)) },
    xero: xeroText({
      key: 'InvoiceNumber',
      length: 255,
      judge: (text) =>
        /^[\x20-\x7e]*$/.test(text)
          ? mapped(text)
          : holdFor('valueNotAllowed', `Xero takes plain ASCII as a number: ${text}`),
    }),
  })
}

/** As the order says; what a bookkeeper types from the paper bill may differ, and says nothing of the order. */
function writtenInCrm(spec: DateSpec): FieldRule {
  return { ...dateRule(spec), direction: 'zohoToXero', policy: 'zoho', apart: () => WRITE }
}

const OUT_OF_FORCE: ReadonlySet<string> = new Set(['VOIDED', 'DELETED'])

/** An order's Status tells of goods, not of money: only one that is cancelled contradicts a bill in force. A person says. */
function cancelledRule(): FieldRule {
  return fieldRule({
    field: 'status',
    label: { zoho: 'Status', xero: 'Status' },
    direction: 'xeroToZoho',
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(view.main.fields, 'Status')),
      // Never written (`billLock`): whatever it says, Xero's status has no word for it.
      accept: (other) => mapped(asText(other)),
      write: () => ({}),
    },
    xero: readOnlySide((view) => (view.main === null ? null : xeroStatus(view.main))),
    corresponds: (zoho, xero) => zoho !== 'Cancelled' || OUT_OF_FORCE.has(asText(xero)),
    apart: (_zoho, xero) => locked('statusNotAllowed', cancelledBut(asText(xero))),
  })
}

export function cancelledBut(status: string): string {
  return `The purchase order is cancelled in Zoho CRM, but its bill is ${status} in Xero. Delete or void it in Xero, or set the order back in Zoho CRM`
}

function urlRules(apiName: string): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field: 'url',
      label: { zoho: 'Xero Bill URL', xero: 'Deep link' },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: zohoText({ role: 'main', module: MODULE, key: apiName, length: 450 }),
      xero: readOnlySide((view, { reference }) => (view.main === null ? null : billLink(view.main.id, reference))),
    }),
  ]
}
