import type { ConnectionSettings } from '../../model/settings.ts'
import { isBlank } from '../../model/value.ts'
import { decodeEntities, tidy, tidyLines } from '../clean-text.ts'
import { type FieldRule, holdFor } from '../contract.ts'
import { currencyRule } from '../document/currency-rule.ts'
import { dateRule } from '../document/date-rule.ts'
import { customerRule, ownContactOf } from '../invoice/customer.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, xeroText, zohoText } from '../rule.ts'
import { locked, WRITE } from '../verdicts.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { quoteStatusRule } from './status.ts'

/** Quotes are written in the CRM; what became of them comes back (R32). No exchange rate, as on invoices. */
export function quoteFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
  return [
    ...contentRules(settings).map(writtenInCrm),
    quoteStatusRule(settings.quoteStatusMap),
    ...xeroIdRules('Quotes', provisioned.xeroId.Quotes ?? '', 'Quote ID'),
    ...numberRules(provisioned.xeroQuoteNumber),
  ]
}

function contentRules(settings: ConnectionSettings): readonly FieldRule[] {
  return [
    quoteCustomerRule(settings),
    textRule({ field: 'subject', zoho: 'Subject', xero: 'Reference', labels: ['Subject', 'Reference'], length: 4000 }),
    dateRule({
      field: 'expiryDate',
      zoho: 'Valid_Till',
      xero: 'ExpiryDate',
      label: { zoho: 'Valid Until', xero: 'Expiry date' },
    }),
    textRule({
      field: 'terms',
      zoho: 'Terms_and_Conditions',
      xero: 'Terms',
      labels: ['Terms and Conditions', 'Terms'],
      length: 4000,
    }),
    textRule({
      field: 'summary',
      zoho: 'Description',
      xero: 'Summary',
      labels: ['Description', 'Summary'],
      length: 3000,
    }),
    currencyRule(),
  ]
}

/** Told to a person where Xero's was changed, and never carried back. Where the CRM says nothing, Xero's own may stand. */
function writtenInCrm(rule: FieldRule): FieldRule {
  return {
    ...rule,
    direction: 'zohoToXero',
    policy: 'zoho',
    apart: (zoho) =>
      isBlank(zoho)
        ? WRITE
        : locked('onlyFollows', `Xero shows another ${rule.label.xero} than Zoho CRM, where quotes are written`),
  }
}

/** The customer's own contact, also where invoices go to one for all online sales (R25). */
function quoteCustomerRule(settings: ConnectionSettings): FieldRule {
  const rule = customerRule(settings)
  return {
    ...rule,
    xero: {
      ...rule.xero,
      accept: (other, context) =>
        isBlank(other)
          ? holdFor('missingParent', `The Zoho quote has no ${rule.label.zoho}`)
          : ownContactOf(other, context),
    },
  }
}

interface TextSpec {
  readonly field: string
  readonly zoho: string
  readonly xero: string
  /** In Zoho, in Xero. */
  readonly labels: readonly [string, string]
  /** Of the Xero field (xero.md 4.4). */
  readonly length: number
}

/** Zoho takes 32,000 characters of a large text (zoho-crm.md 4); what Xero has no room for holds the quote. */
function textRule({ field, zoho, xero, labels, length }: TextSpec): FieldRule {
  const clean = field === 'subject' ? tidy : tidyLines
  return fieldRule({
    field,
    label: { zoho: labels[0], xero: labels[1] },
    policy: 'zoho',
    zoho: zohoText({ role: 'main', module: 'Quotes', key: zoho, length: 32_000, clean }),
    xero: xeroText({ key: xero, length, clean }),
  })
}

/** Both numbers are kept: Xero's own beside the CRM's automatic one. */
function numberRules(apiName: string): readonly FieldRule[] {
  if (apiName === '') return []
  return [
    fieldRule({
      field: 'number',
      label: { zoho: 'Xero Quote No', xero: 'Quote number' },
      direction: 'xeroToZoho',
      policy: 'xero',
      isCrossReference: true,
      zoho: zohoText({ role: 'main', module: 'Quotes', key: apiName, length: 255 }),
      xero: readOnlySide((view) =>
        view.main === null ? null : decodeEntities(textAt(view.main.fields, 'QuoteNumber')).trim(),
      ),
    }),
  ]
}
