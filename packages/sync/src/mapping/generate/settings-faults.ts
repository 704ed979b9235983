import type { Code } from '../../model/codes.ts'
import { KINDS } from '../../model/kind.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { contactFields } from '../contact/contact-fields.ts'
import type { FieldRule } from '../contract.ts'
import { isDecimal } from '../decimal.ts'
import { invoiceFields } from '../invoice/invoice-fields.ts'
import { roundingAccount } from '../invoice/rounding-line.ts'
import { accountFault, taxFault } from '../invoice/xero-faults.ts'
import { itemFields } from '../item/item-fields.ts'
import { zohoField } from '../limits.ts'
import { quoteFields } from '../quote/quote-fields.ts'
import { taxKeyOf } from '../tax-map.ts'

export interface SettingsFault {
  readonly code: Code
  readonly detail: string
}

/** Longest prefix (R23b). */
export const PREFIX_LENGTH = 4
/** Under this name the line list has its policy, though it is no field rule. */
const LINES_FIELD = 'lines'

/** What is wrong with the settings against the organisations as they are now; empty when nothing is. */
export function validateSettings(settings: ConnectionSettings, reference: ReferenceData): readonly SettingsFault[] {
  return [
    ...valueFaults(settings),
    ...accountFaults(settings, reference),
    ...taxFaults(settings, reference),
    ...quoteFaults(settings, reference),
    ...policyFaults(settings),
    ...provisionedFaults(settings, reference),
  ]
}

function valueFaults(settings: ConnectionSettings): readonly SettingsFault[] {
  const faults: SettingsFault[] = []
  const { roundingLimit, defaultDueDays, publicUrl } = settings
  faults.push(...prefixFaults('invoice', settings.invoicePrefix))
  if (!isDecimal(roundingLimit) || roundingLimit.startsWith('-')) {
    faults.push({ code: 'mappingInvalid', detail: `The rounding limit is no amount: ${roundingLimit}` })
  }
  if (!Number.isInteger(defaultDueDays) || defaultDueDays < 0) {
    faults.push({ code: 'mappingInvalid', detail: `The default due days are no whole number: ${defaultDueDays}` })
  }
  if (publicUrl !== '' && !/^https?:\/\/[^\s/]+/.test(publicUrl)) {
    faults.push({ code: 'valueNotAllowed', detail: `The public address is no URL: ${publicUrl}` })
  }
  return faults
}

function prefixFaults(name: 'invoice' | 'quote', prefix: string): readonly SettingsFault[] {
  const faults: SettingsFault[] = []
  if (prefix.length > PREFIX_LENGTH) {
    const detail = `The ${name} prefix has ${prefix.length} characters, at most ${PREFIX_LENGTH} are allowed`
    faults.push({ code: 'valueTooLong', detail })
  }
  if (!/^[\x20-\x7e]*$/.test(prefix))
    faults.push({ code: 'valueNotAllowed', detail: `The ${name} prefix must be plain ASCII` })
  return faults
}

/** Where quotes are off, nothing about them is wrong. */
function quoteFaults(settings: ConnectionSettings, reference: ReferenceData): readonly SettingsFault[] {
  const { kinds, quotePrefix, quoteStatusMap } = settings
  if (!kinds.quote.isOn) return []
  const stages = zohoField(reference, 'Quotes', 'Quote_Stage')?.picklist ?? []
  const gone = Object.values(quoteStatusMap.toZoho).filter((stage) => stages.length > 0 && !stages.includes(stage))
  return [
    ...prefixFaults('quote', quotePrefix),
    ...gone.map((stage) => ({ code: 'unmappedStatus' as const, detail: `Zoho has no quote stage "${stage}"` })),
    ...(kinds.quote.zoho.create
      ? [{ code: 'mappingInvalid' as const, detail: 'Quotes begin in Zoho CRM: kinds.quote.zoho.create must be off' }]
      : []),
  ]
}

function accountFaults(
  { salesAccountCode, newInvoiceStatus, roundingLimit }: ConnectionSettings,
  reference: ReferenceData,
): readonly SettingsFault[] {
  const faults: SettingsFault[] = []
  const fault = salesAccountCode === '' ? null : accountFault(salesAccountCode, reference.xero)
  if (fault !== null) faults.push({ code: 'accountNotValid', detail: fault })
  if (salesAccountCode === '' && newInvoiceStatus === 'AUTHORISED') {
    faults.push({
      code: 'accountNotChosen',
      detail: 'Approved invoices need a sales account for lines without an item',
    })
  }
  if (isDecimal(roundingLimit) && Number(roundingLimit) > 0 && roundingAccount(reference) === undefined) {
    faults.push({ code: 'accountNotValid', detail: 'Xero has no rounding account: rounding lines cannot be written' })
  }
  return faults
}

function taxFaults({ taxMap }: ConnectionSettings, { zoho, xero }: ReferenceData): readonly SettingsFault[] {
  const seen = new Set<string>()
  return taxMap.flatMap(({ zohoTaxIds, xeroTaxType }): SettingsFault[] => {
    const faults: SettingsFault[] = []
    const key = taxKeyOf(zohoTaxIds)
    if (seen.has(key))
      faults.push({
        code: 'mappingInvalid',
        detail: `The same Zoho taxes are mapped twice: ${key === '' ? 'no tax' : key}`,
      })
    seen.add(key)
    for (const id of zohoTaxIds) {
      if (!zoho.taxes.some((tax) => tax.id === id))
        faults.push({ code: 'taxNotValid', detail: `Zoho has no tax ${id} any more` })
    }
    const fault = taxFault(xeroTaxType, xero)
    return fault === null ? faults : [...faults, { code: 'taxNotValid', detail: fault }]
  })
}

function policyFaults(settings: ConnectionSettings): readonly SettingsFault[] {
  const rules = new Map<string, FieldRule | null>(KINDS.map((kind) => [`${kind}.${LINES_FIELD}`, null]))
  for (const rule of contactFields(settings)) rules.set(`contact.${rule.field}`, rule)
  for (const rule of itemFields(settings)) rules.set(`item.${rule.field}`, rule)
  for (const rule of quoteFields(settings)) rules.set(`quote.${rule.field}`, rule)
  for (const rule of invoiceFields(settings)) rules.set(`invoice.${rule.field}`, rule)
  return Object.entries(settings.fieldPolicies).flatMap(([field, { direction }]): SettingsFault[] => {
    const rule = rules.get(field)
    if (rule === undefined) return [{ code: 'mappingInvalid', detail: `There is no mapped field ${field}` }]
    const isWider =
      rule !== null &&
      rule.direction !== 'both' &&
      direction !== undefined &&
      direction !== 'off' &&
      direction !== rule.direction
    return isWider ? [{ code: 'mappingInvalid', detail: `${field} goes one way only: ${rule.direction}` }] : []
  })
}

function provisionedFaults({ provisioned }: ConnectionSettings, reference: ReferenceData): readonly SettingsFault[] {
  const { xeroId, addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme, primaryContact, xeroQuoteNumber } =
    provisioned
  const wanted: readonly (readonly [string, string])[] = [
    ...Object.entries(xeroId),
    ...[addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme].map((name) => ['Invoices', name] as const),
    ['Contacts', primaryContact],
    ['Quotes', xeroQuoteNumber],
  ]
  return wanted.flatMap(([module, name]): SettingsFault[] => {
    const isKnown = reference.zoho.fields[module] !== undefined
    if (name === '' || !isKnown || zohoField(reference, module, name) !== undefined) return []
    return [{ code: 'fieldMissing', detail: `Zoho ${module} has no field ${name} any more` }]
  })
}
