import type { ConnectionSettings } from '../../model/settings.ts'
import { decodeEntities } from '../clean-text.ts'
import { type FieldRule, holdFor, type Mapped, mapped, type SideField } from '../contract.ts'
import { plainDate } from '../plain-date.ts'
import { asText, textAt } from '../record-fields.ts'
import { blankToNull, fieldRule, readOnlySide, zohoText } from '../rule.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { customerRule } from './customer.ts'
import { invoiceLink } from './deep-link.ts'
import { moneyRules } from './money-fields.ts'
import { referenceRules } from './reference.ts'
import { statusRule } from './status.ts'
import { themeRules } from './theme.ts'

/** No exchange rate: one that is not known is never sent (design section 8). */
export function invoiceFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
  return [
    customerRule(settings),
    ...referenceRules(settings),
    dateRule({
      field: 'date',
      zoho: 'Invoice_Date',
      xero: 'Date',
      label: { zoho: 'Invoice Date', xero: 'Issue date' },
    }),
    dateRule({ field: 'dueDate', zoho: 'Due_Date', xero: 'DueDate', label: { zoho: 'Due Date', xero: 'Due date' } }),
    statusRule(settings),
    currencyRule(),
    ...themeRules(provisioned.brandingTheme),
    ...xeroIdRules('Invoices', provisioned.xeroId.Invoices ?? '', 'Invoice ID'),
    ...numberRules(provisioned.xeroInvoiceNumber),
    ...urlRules(provisioned.xeroInvoiceUrl),
    ...moneyRules(provisioned),
  ]
}

interface DateSpec {
  readonly field: string
  readonly zoho: string
  readonly xero: string
  readonly label: FieldRule['label']
}

/** Calendar dates without a zone on both sides (xero.md 2.5, zoho-crm.md 3.14). */
function dateRule(spec: DateSpec): FieldRule {
  const side = (key: string): SideField => ({
    role: 'main',
    read: (view) => (view.main === null ? null : plainDate(textAt(view.main.fields, key))),
    accept: (other) => mapped(plainDate(asText(other))),
    write: (value) => ({ [key]: blankToNull(value) }),
  })
  return fieldRule({
    field: spec.field,
    label: spec.label,
    policy: 'xero',
    zoho: side(spec.zoho),
    xero: side(spec.xero),
  })
}

/** Set when the document is created and never changed (see `mayWrite`). */
function currencyRule(): FieldRule {
  const enabled = (code: string, codes: readonly string[], where: string): Mapped<string> =>
    codes.includes(code)
      ? mapped(code)
      : holdFor('currencyNotEnabled', `${code === '' ? 'No currency' : code} is not enabled in ${where}`)
  return fieldRule({
    field: 'currency',
    label: { zoho: 'Currency', xero: 'Currency' },
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view, { reference }) =>
        view.main === null ? null : textAt(view.main.fields, 'Currency') || reference.zoho.baseCurrency,
      accept: (other, { reference }) => enabled(asText(other), reference.zoho.currencies, 'Zoho'),
      // Records of a single-currency org have no such field (zoho-crm.md 9 trap 19).
      write: (value, _view, { reference }) => (reference.zoho.isMultiCurrency ? { Currency: value } : {}),
    },
    xero: {
      role: 'main',
      read: (view, { reference }) =>
        view.main === null ? null : textAt(view.main.fields, 'CurrencyCode') || reference.xero.baseCurrency,
      accept: (other, { reference }) => enabled(asText(other), reference.xero.currencies, 'Xero'),
      write: (value) => ({ CurrencyCode: value }),
    },
  })
}

/** Both numbers are kept: Xero's own beside the CRM's automatic one (R05d, R31a). */
function numberRules(apiName: string): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field: 'number',
      label: { zoho: 'Xero Invoice No.', xero: 'Invoice number' },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: zohoText({ role: 'main', module: 'Invoices', key: apiName, length: 255 }),
      xero: readOnlySide((view) =>
        view.main === null ? null : decodeEntities(textAt(view.main.fields, 'InvoiceNumber')).trim(),
      ),
    }),
  ]
}

function urlRules(apiName: string): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field: 'url',
      label: { zoho: 'Xero Invoice URL', xero: 'Deep link' },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: zohoText({ role: 'main', module: 'Invoices', key: apiName, length: 450 }),
      xero: readOnlySide((view, { reference }) => (view.main === null ? null : invoiceLink(view.main.id, reference))),
    }),
  ]
}
