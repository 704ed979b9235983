import { type FieldRule, holdFor, type Mapped, mapped } from '../contract.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule } from '../rule.ts'

/** Set when the document is created and never changed (see `mayWrite`). */
export function currencyRule(): FieldRule {
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
