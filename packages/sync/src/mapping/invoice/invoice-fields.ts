import type { ConnectionSettings } from '../../model/settings.ts'
import { decodeEntities } from '../clean-text.ts'
import type { FieldRule } from '../contract.ts'
import { currencyRule } from '../document/currency-rule.ts'
import { dateRule } from '../document/date-rule.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, zohoText } from '../rule.ts'
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
    ...moneyRules({ ...provisioned, module: 'Invoices' }),
  ]
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
