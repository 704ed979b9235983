import { ALLOCATION_ID_LENGTH } from '../../model/allocation.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decimalValue, isBlank, type Value, type ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, type MappingContext, mapped, type SideField, type WriteVerdict } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import { plainDate } from '../plain-date.ts'
import { asText, lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, zohoText } from '../rule.ts'
import { locked, WRITE } from '../verdicts.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { PAYMENT_MODULE } from './payment-module.ts'
import {
  paidInvoice,
  paymentCurrency,
  paymentName,
  paymentReference,
  paymentStatus,
  paymentType,
  usedCreditNote,
} from './payment-source.ts'

/**
 * Xero's payments, and what of a credit settles an invoice, as records of the CRM (R38a): the books say what was paid, so
 * everything goes one way. The amount moves no balance by arithmetic of ours: the invoice's own AmountPaid does (xero.md 4.3).
 */
export function paymentFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
  const { payment } = provisioned
  const rules = [
    shown({ field: 'name', key: 'Name', label: { zoho: 'Name', xero: 'Invoice number and date' }, read: paymentName }),
    shown({
      field: 'account',
      key: payment.account,
      label: { zoho: 'Paid Into', xero: 'Account' },
      read: ({ fields }, { reference }) => accountName(objectAt(fields, 'Account'), reference),
    }),
    shown({
      field: 'reference',
      key: payment.reference,
      label: { zoho: 'Payment Reference', xero: 'Reference' },
      read: paymentReference,
    }),
    shown({
      field: 'status',
      key: payment.status,
      label: { zoho: 'Payment Status', xero: 'Status' },
      read: paymentStatus,
    }),
    shown({
      field: 'currency',
      key: payment.currency,
      label: { zoho: 'Payment Currency', xero: 'Currency' },
      read: paymentCurrency,
    }),
    shown({
      field: 'type',
      key: payment.type,
      label: { zoho: 'Payment Type', xero: 'Kind' },
      read: paymentType,
    }),
  ].flat()
  return [
    ...rules,
    ...lookupRule({
      field: 'invoice',
      key: payment.invoice,
      label: { zoho: 'Paid Invoice', xero: 'Invoice' },
      collection: 'Invoices',
      read: paidInvoice,
      missing: 'The paid invoice is not in Zoho yet',
    }),
    ...lookupRule({
      field: 'creditNote',
      key: isCreditNoteKept(settings) ? payment.creditNote : '',
      label: { zoho: 'Credit Note Used', xero: 'Credit note' },
      collection: 'CreditNotes',
      read: usedCreditNote,
      missing: 'The credit note is not in Zoho yet',
    }),
    ...shared({
      field: 'amount',
      keys: { zoho: payment.amount, xero: 'Amount' },
      label: { zoho: 'Paid Amount', xero: 'Amount' },
      clean: normaliseDecimal,
      wire: decimalValue,
    }),
    ...shared({
      field: 'date',
      keys: { zoho: payment.date, xero: 'Date' },
      label: { zoho: 'Payment Date', xero: 'Date' },
      clean: plainDate,
      wire: (text) => text,
    }),
    ...xeroIdRules(PAYMENT_MODULE, provisioned.xeroId[PAYMENT_MODULE] ?? '', 'Payment ID', ALLOCATION_ID_LENGTH),
  ]
}

/** Do credit notes come to the CRM, so that a payment can name one there? */
export function isCreditNoteKept({ kinds }: ConnectionSettings): boolean {
  return kinds.creditNote.isOn && kinds.creditNote.zoho.create
}

interface Shown {
  readonly field: string
  /** '' while the field is not provisioned: then there is no rule. */
  readonly key: string
  readonly label: FieldRule['label']
  read(record: RemoteRecord, context: MappingContext): string
}

function shown({ field, key, label, read }: Shown): readonly FieldRule[] {
  if (key === '') return []
  return [
    fieldRule({
      field,
      label,
      direction: 'xeroToZoho',
      policy: 'xero',
      zoho: zohoText({ role: 'main', module: PAYMENT_MODULE, key, length: 255, clean: tidy }),
      xero: readOnlySide((view, context) => (view.main === null ? null : read(view.main, context))),
    }),
  ]
}

interface Shared {
  readonly field: string
  readonly keys: Readonly<Record<Side, string>>
  readonly label: FieldRule['label']
  /** The same text on both sides once it is in this form. */
  clean(text: string): string
  /** What Zoho takes for it. */
  wire(text: string): Value
}

function shared(spec: Shared): readonly FieldRule[] {
  if (spec.keys.zoho === '') return []
  const read =
    (side: Side): SideField['read'] =>
    (view) =>
      view.main === null ? null : spec.clean(textAt(view.main.fields, spec.keys[side]))
  return [
    fieldRule({
      field: spec.field,
      label: spec.label,
      direction: 'xeroToZoho',
      policy: 'xero',
      zoho: {
        role: 'main',
        read: read('zoho'),
        accept: (other) => mapped(spec.clean(asText(other))),
        write: (value) => ({ [spec.keys.zoho]: value === '' ? null : spec.wire(asText(value)) }),
      },
      xero: readOnlySide(read('xero')),
      apart: (_, xero) => (isBlank(xero) ? WRITE : differs(spec.label.zoho, asText(xero))),
    }),
  ]
}

interface LookupSpec {
  readonly field: string
  readonly key: string
  readonly label: FieldRule['label']
  /** What Xero names. */
  readonly collection: 'Invoices' | 'CreditNotes'
  read(record: RemoteRecord): string
  readonly missing: string
}

/** A lookup to the CRM's own invoice or credit note, by id only (zoho-crm.md 4.1). One that names nothing erases none. */
function lookupRule({ field, key, label, collection, read, missing }: LookupSpec): readonly FieldRule[] {
  if (key === '') return []
  return [
    fieldRule({
      field,
      label,
      direction: 'xeroToZoho',
      policy: 'xero',
      zoho: {
        role: 'main',
        read: (view) => (view.main === null ? null : lookupIdAt(view.main.fields, key)),
        accept(other, context) {
          if (other === '' || other === null) return mapped('')
          const partner = context.partnerOf('xero', collection, asText(other))
          return partner === null ? holdFor('missingParent', missing) : mapped(partner)
        },
        write: (value) => ({ [key]: value === '' ? null : { id: value } }),
      },
      xero: readOnlySide((view) => (view.main === null ? null : read(view.main))),
      // Who deletes an invoice in the CRM empties its payments' lookups as well; an allocation that was taken back says nothing.
      apart: (zoho, xero) => (isBlank(zoho) || isBlank(xero) ? WRITE : differs(label.zoho, `another ${label.xero}`)),
    }),
  ]
}

/** Typed over in the CRM once it was recorded: a payment of Xero cannot be changed (xero.md 4.6), so a person is told. */
function differs(field: string, inXero: string): WriteVerdict {
  return locked('paymentDiffers', `${field} is ${inXero} in Xero`)
}

/** `090 Business Bank`: a payment names its account by id, and not every bank account has a code (xero.md 4.6). */
function accountName(account: ValueObject | null, { xero }: ReferenceData): string {
  const id = textAt(account, 'AccountID').toLowerCase()
  const known = xero.accounts.find((one) => one.accountId.toLowerCase() === id)
  return tidy(decodeEntities(`${textAt(account, 'Code')} ${known?.name ?? textAt(account, 'Name')}`))
}
