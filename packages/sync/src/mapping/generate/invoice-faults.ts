import type { DueTerms, InvoiceSettings } from '../../model/invoice-settings.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Fault } from '../contract.ts'
import { isNumberedByCrm, NEEDS_PUBLIC_URL, recordUrl } from '../invoice/numbering.ts'
import { zohoField } from '../limits.ts'

/** Ten years: more is a slip of the finger. */
export const MOST_DUE_DAYS = 3650
const LAST_DAY = 31

/** What is wrong with the options of invoices; empty when nothing is. */
export function invoiceFaults(settings: ConnectionSettings, reference: ReferenceData): readonly Fault[] {
  const { invoice } = settings
  return [
    ...paidFaults(invoice, reference),
    ...(invoice.dueRule === null ? [] : dueFaults(invoice.dueRule)),
    ...customerFaults(invoice),
    ...sendingFaults(settings),
    ...(isNumberedByCrm(settings) || recordUrl('', settings) !== '' ? [] : [invalid(NEEDS_PUBLIC_URL)]),
    ...(invoice.xeroStatuses.length === 0 ? [invalid('No Xero status is chosen: no invoice could come to Zoho')] : []),
  ]
}

function invalid(detail: string): Fault {
  return { code: 'mappingInvalid', detail }
}

function paidFaults({ paidStatuses }: InvoiceSettings, reference: ReferenceData): readonly Fault[] {
  const choices = zohoField(reference, 'Invoices', 'Status')?.picklist ?? []
  return paidStatuses.flatMap((status): readonly Fault[] => {
    if (status === 'Cancelled') return [invalid('Cancelled cannot mean that an invoice is paid')]
    return choices.length === 0 || choices.includes(status)
      ? []
      : [{ code: 'unmappedStatus', detail: `Zoho's Status has no value "${status}", which was chosen as paid` }]
  })
}

export function dueFaults(rule: DueTerms): readonly Fault[] {
  const [count, least, most] = rule.type === 'dayOfNextMonth' ? [rule.day, 1, LAST_DAY] : [rule.days, 0, MOST_DUE_DAYS]
  if (Number.isInteger(count) && count >= least && count <= most) return []
  return [invalid(`The due date rule takes whole numbers from ${least} to ${most}, not ${count}`)]
}

/** Daily summaries go to it, too. */
function customerFaults({ customer, onlineSale, sending }: InvoiceSettings): readonly Fault[] {
  const isKnown = onlineSale.contactId !== '' || onlineSale.name.trim() !== ''
  const isWanted = customer === 'onlineSale' || sending === 'dailySummary'
  return !isWanted || isKnown ? [] : [invalid('The Xero contact of online sales is not chosen')]
}

/** How each invoice goes is told by when it was made: the record of the choices must end with the one that holds now. */
function sendingFaults({ invoice, provisioned }: ConnectionSettings): readonly Fault[] {
  const { sending, sendingChanges } = invoice
  const times = sendingChanges.map(({ at }) => Date.parse(at))
  const isInOrder = times.every((time, index) => !Number.isNaN(time) && time >= (times[index - 1] ?? time))
  const last = sendingChanges.at(-1)
  const isShown = provisioned.xeroInvoiceNumber !== '' || Object.keys(provisioned.xeroId).length === 0
  return [
    ...(isInOrder ? [] : [invalid('The changes of sending must be instants, the oldest first')]),
    ...(last === undefined || last.to === sending ? [] : [invalid(`The last change of sending is to ${last.to}`)]),
    ...(sending === 'oneByOne' || isShown
      ? []
      : [invalid('Zoho Invoices has no field that shows the number of a daily summary: connect provisions it')]),
  ]
}
