import type { Code } from '../../model/codes.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { dealLookup } from '../invoice/deal-lookup.ts'
import { zohoField } from '../limits.ts'

interface DealFault {
  readonly code: Code
  readonly detail: string
}

/** What is wrong with the settings of won deals; nothing while they are off, or while the organisation is not known. */
export function dealFaults(settings: ConnectionSettings, reference: ReferenceData): readonly DealFault[] {
  const { wonDeals } = settings
  if (!wonDeals.isOn || reference.zoho.fields.Deals === undefined) return []
  return [
    ...stageFaults(settings, reference),
    ...(dealLookup(reference) === ''
      ? [{ code: 'fieldMissing', detail: 'Zoho Invoices has no lookup that names a deal' } as const]
      : []),
    ...(wonDeals.status === 'AUTHORISED' && settings.salesAccountCode === ''
      ? [
          {
            code: 'accountNotChosen',
            detail: 'Approved invoices of deals need a sales account for their lines',
          } as const,
        ]
      : []),
    ...fieldFaults(settings, reference),
  ]
}

/** Admins rename stages: a name that no longer exists wins nothing any more, and nobody would notice. */
function stageFaults({ wonDeals }: ConnectionSettings, reference: ReferenceData): readonly DealFault[] {
  const known = zohoField(reference, 'Deals', 'Stage')?.picklist ?? []
  if (wonDeals.stages.length === 0)
    return [{ code: 'valueNotAllowed', detail: `No stage of deals is chosen; Zoho has ${known.join(', ')}` }]
  return wonDeals.stages
    .filter((stage) => !known.includes(stage))
    .map((stage) => ({
      code: 'valueNotAllowed',
      detail: `Zoho Deals has no stage "${stage}"; it has ${known.join(', ')}`,
    }))
}

function fieldFaults({ provisioned }: ConnectionSettings, reference: ReferenceData): readonly DealFault[] {
  const { dealInvoiceNumber, dealInvoiceUrl, dealInvoiceId } = provisioned
  return [dealInvoiceNumber, dealInvoiceUrl, dealInvoiceId]
    .filter((name) => name !== '' && zohoField(reference, 'Deals', name) === undefined)
    .map((name) => ({ code: 'fieldMissing', detail: `Zoho Deals has no field ${name} any more` }))
}
