import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Fault } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { prefixFaults } from './prefix-faults.ts'

/** Where quotes are off, nothing about them is wrong. */
export function quoteFaults(settings: ConnectionSettings, reference: ReferenceData): readonly Fault[] {
  const { kinds, quotePrefix, quoteStatusMap } = settings
  if (!kinds.quote.isOn) return []
  const stages = zohoField(reference, 'Quotes', 'Quote_Stage')?.picklist ?? []
  const gone = Object.values(quoteStatusMap.toZoho).filter((stage) => stages.length > 0 && !stages.includes(stage))
  const creates: Fault = {
    code: 'mappingInvalid',
    detail: 'Quotes begin in Zoho CRM: kinds.quote.zoho.create must be off',
  }
  return [
    ...prefixFaults('quote', quotePrefix),
    ...gone.map((stage): Fault => ({ code: 'unmappedStatus', detail: `Zoho has no quote stage "${stage}"` })),
    ...(kinds.quote.zoho.create ? [creates] : []),
  ]
}
