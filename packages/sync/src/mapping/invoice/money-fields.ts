import type { RemoteRecord } from '../../model/record.ts'
import type { Provisioned } from '../../model/settings.ts'
import type { FieldRule, SideField } from '../contract.ts'
import { mapped } from '../contract.ts'
import { normaliseDecimal, wireDecimal } from '../decimal.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, zohoText } from '../rule.ts'
import { paymentState } from './payment-state.ts'
import { xeroStatus } from './status.ts'

/** The CRM's fields for it in one module; '' for one that is not provisioned. */
export type MoneyFields = Pick<Provisioned, 'amountDue' | 'amountPaid' | 'xeroStatus' | 'paymentState'> & {
  readonly module: string
}

/**
 * What Xero knows of an invoice's money, kept on the CRM record (R38c): Xero to CRM only, as references are. No rule
 * for a field that is not provisioned.
 */
export function moneyRules({ amountDue, amountPaid, ...provisioned }: MoneyFields): readonly FieldRule[] {
  const zohoWord = wordOf(provisioned.module)
  return [
    ...shownRule('amountDue', {
      apiName: amountDue,
      label: 'Amount due',
      zoho: zohoAmount,
      read: amountAt('AmountDue'),
    }),
    ...shownRule('amountPaid', {
      apiName: amountPaid,
      label: 'Amount paid',
      zoho: zohoAmount,
      read: amountAt('AmountPaid'),
    }),
    ...shownRule('xeroStatus', {
      apiName: provisioned.xeroStatus,
      label: 'Status',
      zoho: zohoWord,
      read: (record) => (isAnswered(record) ? (STATUS_WORDS[xeroStatus(record)] ?? xeroStatus(record)) : ''),
    }),
    ...shownRule('paymentState', {
      apiName: provisioned.paymentState,
      label: 'Payment state',
      zoho: zohoWord,
      read: paymentState,
    }),
  ]
}

/** Xero's own words on its screens (R22). */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Awaiting payment',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
}

interface Shown {
  readonly apiName: string
  readonly label: string
  readonly zoho: (apiName: string) => SideField
  readonly read: (record: RemoteRecord, today: string) => string
}

function shownRule(field: string, { apiName, label, zoho, read }: Shown): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field,
      label: { zoho: `Xero ${label.toLowerCase()}`, xero: label },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      // A cancelled invoice must not stay in the list of those that are overdue.
      blankErases: true,
      zoho: zoho(apiName),
      xero: readOnlySide(({ main }, { today }) => (main === null ? null : read(main, today))),
    }),
  ]
}

function zohoAmount(apiName: string): SideField {
  return {
    role: 'main',
    read: (view) => (view.main === null ? null : normaliseDecimal(textAt(view.main.fields, apiName))),
    accept: (other) => mapped(normaliseDecimal(asText(other))),
    write: (value) => ({ [apiName]: wireDecimal(value) }),
  }
}

const wordOf =
  (module: string) =>
  (apiName: string): SideField =>
    zohoText({ role: 'main', module, key: apiName, length: 50 })

const amountAt = (key: string) => (record: RemoteRecord) => normaliseDecimal(textAt(record.fields, key))

/** A record that is yet to be created has no amounts, and no status that Xero has confirmed. */
function isAnswered(record: RemoteRecord): boolean {
  return amountAt('AmountDue')(record) !== ''
}
