import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { NEEDS_PUBLIC_URL } from '../bill/bill-create.ts'
import type { Fault } from '../contract.ts'
import { recordUrl } from '../invoice/numbering.ts'
import { accountFault, taxFault } from '../invoice/xero-faults.ts'
import { zohoField } from '../limits.ts'
import { dueFaults } from './invoice-faults.ts'

/** Where bills are off, nothing about them is wrong. */
export function billFaults(settings: ConnectionSettings, reference: ReferenceData): readonly Fault[] {
  const { kinds, bill } = settings
  if (!kinds.bill.isOn) return []
  const account =
    bill.purchaseAccountCode === '' ? null : accountFault(bill.purchaseAccountCode, reference.xero, 'expense')
  return [
    ...(kinds.vendor.isOn ? [] : [invalid('Bills need their suppliers: kinds.vendor must be on')]),
    ...(kinds.bill.zoho.create
      ? [invalid('Purchase orders begin in Zoho CRM: kinds.bill.zoho.create must be off')]
      : []),
    ...(recordUrl('', settings) === '' ? [invalid(NEEDS_PUBLIC_URL)] : []),
    ...statusFaults(bill.orderStatuses, reference),
    ...(account === null ? [] : [{ code: 'accountNotValid' as const, detail: account }]),
    ...(bill.dueRule === null ? [] : dueFaults(bill.dueRule)),
    ...taxFaults(settings, reference),
  ]
}

function invalid(detail: string): Fault {
  return { code: 'mappingInvalid', detail }
}

function statusFaults(statuses: readonly string[], reference: ReferenceData): readonly Fault[] {
  if (statuses.length === 0) return [invalid('No Status is chosen: no purchase order could become a bill')]
  const choices = zohoField(reference, 'Purchase_Orders', 'Status')?.picklist ?? []
  return statuses.flatMap((status): readonly Fault[] => {
    if (status === 'Cancelled') return [invalid('A cancelled purchase order cannot become a bill')]
    return choices.length === 0 || choices.includes(status)
      ? []
      : [{ code: 'unmappedStatus', detail: `Zoho's Status of purchase orders has no value "${status}"` }]
  })
}

/** The type of a sale on a purchase would put the tax on the wrong side of the return (xero.md 4.9). */
function taxFaults({ bill }: ConnectionSettings, { zoho, xero }: ReferenceData): readonly Fault[] {
  return bill.taxMap.flatMap(({ zohoTaxIds, xeroTaxType }): readonly Fault[] => {
    const gone = zohoTaxIds.filter((id) => !zoho.taxes.some((tax) => tax.id === id))
    const fault = taxFault(xeroTaxType, xero, 'expense')
    return [
      ...gone.map((id): Fault => ({ code: 'taxNotValid', detail: `Zoho has no tax ${id} any more` })),
      ...(fault === null ? [] : [{ code: 'taxNotValid' as const, detail: fault }]),
    ]
  })
}
