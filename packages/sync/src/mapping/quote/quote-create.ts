import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped, type SideView } from '../contract.ts'
import { quoteDate, quoteNumber } from './quote-keys.ts'

/** Quotes begin in the CRM (R32): the settings allow no other create, and none can be made here. */
export function quoteExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  if (target === 'zoho')
    return holdFor('mappingInvalid', 'Quotes begin in Zoho CRM: kinds.quote.zoho.create must be off')
  return xeroExtras(main, context)
}

function xeroExtras(source: RemoteRecord, context: LinkContext): Mapped<CreateExtras> {
  const { settings, today } = context
  // The only place where the two are joined for good: Xero's quote can carry no reference of ours.
  if ((settings.provisioned.xeroId.Quotes ?? '') === '')
    return holdFor('fieldMissing', 'Zoho Quotes has no Xero ID field yet: connect provisions it')
  const number = quoteNumber(source, context)
  if (number === '') return holdFor('missingKey', 'The Zoho quote has no Quote Number yet')
  return mapped({
    payload: { LineAmountTypes: 'EXCLUSIVE', QuoteNumber: number, Date: quoteDate(source, context) || today },
    naturalKey: { field: 'QuoteNumber', value: number },
  })
}
