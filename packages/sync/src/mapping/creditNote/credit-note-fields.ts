import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, mapped, type SideField } from '../contract.ts'
import { bigOf, normaliseDecimal, plainText, wireDecimal, ZERO } from '../decimal.ts'
import { dateRule } from '../document/date-rule.ts'
import { STATUS_WORDS } from '../invoice/money-fields.ts'
import { asText, rowsAt, textAt } from '../record-fields.ts'
import { blankToNull, fieldRule, readOnlySide, xeroText, zohoText } from '../rule.ts'
import { locked, WRITE } from '../verdicts.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { creditCustomerRules } from './credit-note-customer.ts'
import { CREDIT_NOTE_MODULE } from './credit-note-module.ts'
import { numberFault } from './credit-note-number.ts'

/** No rule for a field that is not provisioned. Money goes one way: the books say what is left of a credit. */
export function creditNoteFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { creditNote: keys, xeroId } = settings.provisioned
  return [
    numberRule(),
    ...creditCustomerRules(settings),
    ...(keys.date === ''
      ? []
      : [dateRule({ field: 'date', zoho: keys.date, xero: 'Date', label: { zoho: 'Credit Date', xero: 'Date' } })]),
    ...referenceRules(keys.reference),
    ...currencyRules(keys.currency),
    ...totalRules(keys.total),
    ...shown('remaining', {
      key: keys.remaining,
      label: 'Remaining credit',
      side: zohoAmount,
      read: amountAt('RemainingCredit'),
    }),
    ...shown('refunded', { key: keys.refunded, label: 'Refunded', side: zohoAmount, read: refunded }),
    ...shown('status', { key: keys.status, label: 'Status', side: zohoWord(50), read: statusWord }),
    ...shown('url', {
      key: keys.url,
      label: 'Deep link',
      side: zohoWord(450),
      read: ({ id }, { xero }) => creditNoteLink(id, xero.shortCode),
    }),
    ...xeroIdRules(CREDIT_NOTE_MODULE, xeroId[CREDIT_NOTE_MODULE] ?? '', 'Credit note ID'),
  ]
}

function numberRule(): FieldRule {
  return fieldRule({
    field: 'number',
    label: { zoho: 'Name', xero: 'Credit note number' },
    policy: 'xero',
    zoho: zohoText({ role: 'main', module: CREDIT_NOTE_MODULE, key: 'Name', length: 120, clean: tidy }),
    xero: xeroText({
      key: 'CreditNoteNumber',
      length: 255,
      judge: (text) => {
        const fault = numberFault(text)
        return fault === null ? mapped(text) : holdFor(fault.code, fault.detail)
      },
    }),
  })
}

function referenceRules(key: string): readonly FieldRule[] {
  if (key === '') return []
  return [
    fieldRule({
      field: 'reference',
      label: { zoho: 'Credit Reference', xero: 'Reference' },
      policy: 'newest',
      zoho: zohoText({ role: 'main', module: CREDIT_NOTE_MODULE, key, length: 255, clean: tidy }),
      xero: xeroText({ key: 'Reference', length: 255 }),
    }),
  ]
}

/** Set when the note is made and never changed (see `mayWrite`); without one it is that of the organisation. */
function currencyRules(key: string): readonly FieldRule[] {
  if (key === '') return []
  return [
    fieldRule({
      field: 'currency',
      label: { zoho: 'Credit Currency', xero: 'Currency' },
      policy: 'xero',
      zoho: {
        role: 'main',
        read: (view, { reference }) =>
          view.main === null ? null : tidy(textAt(view.main.fields, key)).toUpperCase() || reference.xero.baseCurrency,
        accept: (other) => mapped(other),
        write: (value) => ({ [key]: blankToNull(value) }),
      },
      xero: {
        role: 'main',
        read: (view, { reference }) =>
          view.main === null ? null : textAt(view.main.fields, 'CurrencyCode') || reference.xero.baseCurrency,
        accept: (other, { reference }) =>
          reference.xero.currencies.includes(asText(other))
            ? mapped(other)
            : holdFor('currencyNotEnabled', `${asText(other)} is not enabled in Xero`),
        write: (value) => ({ CurrencyCode: value }),
      },
    }),
  ]
}

/** The amount of a new note is sent with its line; later it is the sum of Xero's own lines. */
function totalRules(key: string): readonly FieldRule[] {
  return shown('total', { key, label: 'Total', side: zohoAmount, read: amountAt('Total') }).map((rule) => ({
    ...rule,
    apart: (zoho, xero) =>
      zoho === xero || zoho === '' || xero === ''
        ? WRITE
        : locked('onlyFollows', `The credit note comes to ${asText(xero)} in Xero: change its lines there`),
  }))
}

interface Shown {
  readonly key: string
  readonly label: string
  readonly side: (key: string) => SideField
  readonly read: (record: RemoteRecord, reference: ReferenceData) => string
}

function shown(field: string, { key, label, side, read }: Shown): readonly FieldRule[] {
  if (key === '') return []
  return [
    fieldRule({
      field,
      label: { zoho: `Credit ${label.toLowerCase()}`, xero: label },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: side(key),
      xero: readOnlySide(({ main }, { reference }) => (main === null ? null : read(main, reference))),
    }),
  ]
}

function zohoAmount(key: string): SideField {
  return {
    role: 'main',
    read: (view) => (view.main === null ? null : normaliseDecimal(textAt(view.main.fields, key))),
    accept: (other) => mapped(normaliseDecimal(asText(other))),
    write: (value) => ({ [key]: wireDecimal(value) }),
  }
}

const zohoWord =
  (length: number) =>
  (key: string): SideField =>
    zohoText({ role: 'main', module: CREDIT_NOTE_MODULE, key, length })

const amountAt =
  (key: string) =>
  ({ fields }: RemoteRecord) =>
    normaliseDecimal(textAt(fields, key))

/** What was paid back; of a note that is yet to be made nothing is known. */
function refunded(record: RemoteRecord): string {
  if (amountAt('RemainingCredit')(record) === '') return ''
  const refunds = rowsAt(record.fields, 'Payments').map((row) => bigOf(textAt(row, 'Amount')))
  return plainText(refunds.reduce((sum, amount) => sum.plus(amount), ZERO))
}

function statusWord({ fields }: RemoteRecord): string {
  const status = textAt(fields, 'Status')
  return status === 'AUTHORISED' ? 'Approved' : (STATUS_WORDS[status] ?? status)
}

/** Opens the note in the right organisation after login (xero.md 4.11; its path is not verified). */
function creditNoteLink(id: string, shortCode: string): string {
  const path = encodeURIComponent('/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=')
  return `https://go.xero.com/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}&redirecturl=${path}${id}`
}
