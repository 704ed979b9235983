import type { ChoicesView } from '../../views/choices.ts'
import { table } from './table.ts'

/** What there is to choose from, with what is chosen and what waits for a choice. */
export function choiceLines({ ledgerAccounts, taxSets, taxRates, waitingTaxTypes, owners }: ChoicesView): string[] {
  const open = taxSets.filter((one) => one.xeroTaxType === null)
  return [
    'Ledger accounts (Xero)',
    ...table(
      ledgerAccounts.map((one) => [
        one.code,
        one.name,
        one.type,
        one.taxType,
        one.status === 'ACTIVE' ? one.uses.join(', ') || '-' : one.status.toLowerCase(),
      ]),
      '  ',
    ),
    'Zoho taxes, and what they are in Xero',
    ...table(
      taxSets.map((one) => [
        one.name,
        one.xeroTaxType ?? `not chosen${one.candidates.length === 0 ? '' : `; perhaps ${one.candidates.join(' or ')}`}`,
        one.waiting === 0 ? '' : `${one.waiting} waiting`,
      ]),
      '  ',
    ),
    ...(open.length === 0 ? [] : ['  Until it is chosen, what bears such a tax waits; then it goes on by itself.']),
    ...waitingTaxTypes.map((one) => `  The Xero rate ${one} has no Zoho tax yet.`),
    'Tax rates for sales (Xero)',
    ...table(
      taxRates
        .filter((one) => one.isForSales && one.status === 'ACTIVE')
        .map((one) => [one.taxType, one.name, one.rate]),
      '  ',
    ),
    'Owners (Zoho CRM)',
    ...table(
      owners.map((one) => [one.name, one.email]),
      '  ',
    ),
  ]
}
