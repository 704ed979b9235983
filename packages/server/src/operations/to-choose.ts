import { validateSettings } from '@tandem/sync/mapping/generate.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'

/** What a person still has to choose before invoices can cross, each with the command. Pure. */
export function toChoose(connection: Connection): readonly string[] {
  const { settings, reference } = connection
  if (reference === null || !settings.kinds.invoice.isOn) return []
  const faults = validateSettings(settings, reference).map((fault) => `${fault.detail} (${fault.code})`)
  return [...salesAccount(connection), ...taxes(connection), ...purchases(connection), ...faults]
}

function salesAccount(connection: Connection): readonly string[] {
  if (connection.settings.salesAccountCode !== '') return []
  const candidates = (connection.reference?.xero.accounts ?? [])
    .filter((account) => account.class === 'REVENUE' && account.status === 'ACTIVE' && account.code !== '')
    .slice(0, 5)
    .map((account) => `${account.code} ${account.name}`)
  const some = candidates.length === 0 ? '' : ` (revenue accounts: ${candidates.join(', ')})`
  return [`Ledger account (Xero) for invoice lines without an item${some}: tandem settings set salesAccountCode=CODE`]
}

/** For bills, where they are wanted: the account of what has none of its own, and taxes that are paid. */
function purchases({ settings, reference }: Connection): readonly string[] {
  const { kinds, bill } = settings
  if (!kinds.bill.isOn) return []
  const account =
    bill.purchaseAccountCode === ''
      ? [
          'Ledger account (Xero) for bill lines without one of their own: tandem settings set bill.purchaseAccountCode=CODE',
        ]
      : []
  const known = new Set(bill.taxMap.map((one) => one.zohoTaxIds.join('+')))
  const open = (reference?.zoho.taxes ?? []).filter((tax) => !known.has(tax.id))
  return [
    ...account,
    ...open.map((tax) => `Xero tax rate of purchases for the Zoho tax ${tax.name}: ${addTax(tax.id, 'bill.taxMap')}`),
    ...(known.has('') ? [] : [`Xero tax rate of purchases for Zoho lines without a tax: ${addTax('', 'bill.taxMap')}`]),
  ]
}

/** A tax that is not mapped holds every invoice that bears it, which is right, but better known before. */
function taxes(connection: Connection): readonly string[] {
  const { taxMap } = connection.settings
  const zohoKeys = new Set(taxMap.map((one) => one.zohoTaxIds.join('+')))
  const mappedXero = new Set(taxMap.map((one) => one.xeroTaxType))
  const zoho = (connection.reference?.zoho.taxes ?? [])
    .filter((tax) => !zohoKeys.has(tax.id))
    .map((tax) => `Xero tax rate for the Zoho tax ${tax.name} (${tax.percentage} %): ${addTax(tax.id)}`)
  const noTax = zohoKeys.has('') ? [] : [`Xero tax rate for Zoho lines without a tax: ${addTax('')}`]
  const xero = (connection.reference?.xero.taxRates ?? [])
    .filter((rate) => rate.status === 'ACTIVE' && rate.canApplyToRevenue && !mappedXero.has(rate.taxType))
    .map((rate) => rate.taxType)
  const lost = xero.length === 0 ? [] : [`Xero lines with these tax rates wait for a Zoho tax: ${xero.join(', ')}`]
  return [...zoho, ...noTax, ...lost]
}

function addTax(zohoTaxId: string, map: 'taxMap' | 'bill.taxMap' = 'taxMap'): string {
  const ids = zohoTaxId === '' ? '[]' : `["${zohoTaxId}"]`
  return `tandem settings set '${map}+={"zohoTaxIds":${ids},"xeroTaxType":"TYPE"}'`
}
