import { KINDS } from '../../model/kind.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Fault, FieldRule } from '../contract.ts'
import { isDecimal } from '../decimal.ts'
import { documentFaults } from '../document/faults.ts'
import { mappingFor } from '../index.ts'
import { roundingAccount } from '../invoice/rounding-line.ts'
import { accountFault, taxFault } from '../invoice/xero-faults.ts'
import { itemAccountFaults } from '../item/item-accounts.ts'
import { zohoField } from '../limits.ts'
import { ownerFaults } from '../owner.ts'
import { taxKeyOf } from '../tax-map.ts'
import { billFaults } from './bill-faults.ts'
import { dealFaults } from './deal-faults.ts'
import { invoiceFaults } from './invoice-faults.ts'
import { paymentFaults } from './payment-faults.ts'
import { prefixFaults } from './prefix-faults.ts'
import { quoteFaults } from './quote-faults.ts'

export type SettingsFault = Fault

/** Under this name the line list has its policy, though it is no field rule. */
const LINES_FIELD = 'lines'

/** What is wrong with the settings against the organisations as they are now; empty when nothing is. */
export function validateSettings(settings: ConnectionSettings, reference: ReferenceData): readonly SettingsFault[] {
  return [
    ...valueFaults(settings),
    ...invoiceFaults(settings, reference),
    ...accountFaults(settings, reference),
    ...taxFaults(settings, reference),
    ...quoteFaults(settings, reference),
    ...paymentFaults(settings, reference),
    ...billFaults(settings, reference),
    ...policyFaults(settings),
    ...documentFaults(settings, reference),
    ...provisionedFaults(settings, reference),
    ...dealFaults(settings, reference),
    ...itemAccountFaults(settings, reference.xero),
    ...ownerFaults(settings, reference),
  ]
}

function valueFaults(settings: ConnectionSettings): readonly SettingsFault[] {
  const faults: SettingsFault[] = []
  const { roundingLimit, publicUrl } = settings
  faults.push(...prefixFaults('invoice', settings.invoicePrefix))
  if (!isDecimal(roundingLimit) || roundingLimit.startsWith('-')) {
    faults.push({ code: 'mappingInvalid', detail: `The rounding limit is no amount: ${roundingLimit}` })
  }
  if (publicUrl !== '' && !/^https?:\/\/[^\s/]+/.test(publicUrl)) {
    faults.push({ code: 'valueNotAllowed', detail: `The public address is no URL: ${publicUrl}` })
  }
  return faults
}

function accountFaults(
  { salesAccountCode, invoice, roundingLimit }: ConnectionSettings,
  reference: ReferenceData,
): readonly SettingsFault[] {
  const faults: SettingsFault[] = []
  const fault = salesAccountCode === '' ? null : accountFault(salesAccountCode, reference.xero)
  if (fault !== null) faults.push({ code: 'accountNotValid', detail: fault })
  if (salesAccountCode === '' && Object.values(invoice.arrivalStatus).includes('AUTHORISED')) {
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
  for (const kind of KINDS) {
    const { fields, lineFields = [] } = mappingFor(kind, { ...settings, fieldPolicies: {} })
    for (const rule of [...fields, ...lineFields]) rules.set(`${kind}.${rule.field}`, rule)
  }
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
  const { xeroId, addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme, primaryContact } = provisioned
  const { amountDue, amountPaid, xeroStatus, paymentState, lastSynced, xeroQuoteNumber, bill } = provisioned
  const money = [amountDue, amountPaid, xeroStatus, paymentState, lastSynced]
  const wanted: readonly (readonly [string, string])[] = [
    ...Object.entries(xeroId),
    ...[addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme, ...money].map(
      (name) => ['Invoices', name] as const,
    ),
    ['Contacts', primaryContact],
    ['Quotes', xeroQuoteNumber],
    ...Object.values(bill).map((name) => ['Purchase_Orders', name] as const),
  ]
  return wanted.flatMap(([module, name]): SettingsFault[] => {
    const isKnown = reference.zoho.fields[module] !== undefined
    if (name === '' || !isKnown || zohoField(reference, module, name) !== undefined) return []
    return [{ code: 'fieldMissing', detail: `Zoho ${module} has no field ${name} any more` }]
  })
}
