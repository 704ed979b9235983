import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decimalValue } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped, type SideView } from '../contract.ts'
import { bigOf, decimalPlaces, normaliseDecimal } from '../decimal.ts'
import { accountFault } from '../invoice/xero-faults.ts'
import { plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { createTaxMap } from '../tax-map.ts'
import { creditNoteNumber } from './credit-note-keys.ts'
import { CREDIT_NOTE_MODULE } from './credit-note-module.ts'
import { numberFault } from './credit-note-number.ts'

export function creditNoteExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  const field = context.settings.provisioned.xeroId[CREDIT_NOTE_MODULE] ?? ''
  // The only place where the two are joined for good: Xero's note can carry no reference of ours.
  if (field === '')
    return holdFor('fieldMissing', `Zoho ${CREDIT_NOTE_MODULE} has no Xero ID field yet: connect provisions it`)
  if (target === 'xero') return xeroExtras(main, context)
  return mapped({ payload: { [field]: main.id }, naturalKey: { field, value: main.id } })
}

/** A draft of one line, tax included: so its total is the one that was typed, to the cent (I11). */
function xeroExtras(source: RemoteRecord, context: LinkContext): Mapped<CreateExtras> {
  const { settings, today } = context
  const { creditNote: keys } = settings.provisioned
  const number = creditNoteNumber(source)
  const fault = numberFault(number) ?? totalFault(source, settings)
  if (fault !== null) return holdFor(fault.code, fault.detail)
  const tax = taxOf(source, context)
  if (tax.type === 'hold') return tax
  const account = settings.salesAccountCode
  const accountWrong = account === '' ? null : accountFault(account, context.reference.xero, 'income')
  if (accountWrong !== null) return holdFor('accountNotValid', accountWrong)
  const total = normaliseDecimal(textAt(source.fields, keys.total))
  const text = (key: string) => tidy(textAt(source.fields, key))
  return mapped({
    payload: {
      Type: 'ACCRECCREDIT',
      Status: 'DRAFT',
      LineAmountTypes: 'Inclusive',
      CreditNoteNumber: number,
      Date: plainDate(textAt(source.fields, keys.date)) || today,
      LineItems: [
        {
          Description: text(keys.description) || text(keys.reference) || number,
          Quantity: decimalValue('1'),
          UnitAmount: decimalValue(total),
          // A draft may lack it (xero.md 4.3): the bookkeeper chooses where nobody has in the settings.
          ...(account === '' ? {} : { AccountCode: account }),
          TaxType: tax.value,
        },
      ],
    },
    naturalKey: { field: 'CreditNoteNumber', value: number },
    expected: { Total: total, RemainingCredit: total },
  })
}

function totalFault({ fields }: RemoteRecord, { provisioned }: ConnectionSettings) {
  const total = normaliseDecimal(textAt(fields, provisioned.creditNote.total))
  if (total === '' || bigOf(total).lte(0))
    return { code: 'requiredValueMissing', detail: 'The Zoho credit note has no Credit Total above zero' } as const
  return decimalPlaces(total) > 2
    ? ({ code: 'valueNotAllowed', detail: `Xero keeps 2 decimals of a total: ${total}` } as const)
    : null
}

/** The tax is named as Zoho's own taxes are; none stands for rows without one, as on invoices. */
function taxOf({ fields }: RemoteRecord, { settings, reference }: LinkContext): Mapped<string> {
  const name = tidy(textAt(fields, settings.provisioned.creditNote.tax))
  const map = createTaxMap(settings)
  if (name === '') return map.toXero('', reference)
  const tax = reference.zoho.taxes.find((one) => tidy(one.name).toLowerCase() === name.toLowerCase())
  return tax === undefined
    ? holdFor('taxNotValid', `Zoho has no tax called "${name}": write it as in the list of taxes, or leave it blank`)
    : map.toXero(tax.id, reference)
}
