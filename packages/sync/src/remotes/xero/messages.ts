import type { Code } from '../../model/codes.ts'
import type { RowOutcome } from '../../model/outcome.ts'

/** What one of Xero's validation messages means to us. */
type Meaning =
  | { readonly type: 'duplicate'; readonly field: string }
  | { readonly type: 'refused'; readonly code: Code }

const duplicate = (field: string): Meaning => ({ type: 'duplicate', field })
const refused = (code: Code): Meaning => ({ type: 'refused', code })

/** The catalogue of xero.md 5.4: parts of messages, lower case. The first that fits counts. */
const CATALOGUE: readonly (readonly [RegExp, Meaning])[] = [
  [/already assigned to another contact/, duplicate('Name')],
  [/another contact has this contact number/, duplicate('ContactNumber')],
  [/invoice # must be unique/, duplicate('InvoiceNumber')],
  // Neither is its wording.
  [/credit note (#|number).*(unique|already|in use|exists)/, duplicate('CreditNoteNumber')],
  // Its wording is not known for certain (xero.md 10.4).
  [/quote (#|number).*(unique|already|in use|exists)/, duplicate('QuoteNumber')],
  [/price list item with code .* already exists/, duplicate('Code')],
  [/please enter a unique name/, duplicate('Name')],
  [/matched an archived contact/, refused('recordArchived')],
  [/email address must be valid/, refused('emailNotValid')],
  [/lock date/, refused('lockDate')],
  [/has a payment or credit note allocated|has payments or credit notes allocated/, refused('documentHasPayments')],
  [/exceeds the amount outstanding/, refused('paymentTooMuch')],
  [/payment.*(reconciled|batch)/, refused('paymentReconciled')],
  [
    /not of valid status for modification|can only be made against|limit of invoices you can approve/,
    refused('statusNotAllowed'),
  ],
  [/account could not be found|is not a valid code for this document/, refused('accountNotValid')],
  [/cannot be used with account code|tax rate must be active|taxtype code/, refused('taxNotValid')],
  [/not subscribed to currency/, refused('currencyNotEnabled')],
  [/could not be found|document with the supplied id was not found/, refused('recordGone')],
  [/at least 1 of the following elements|must be specified|field is required/, refused('requiredValueMissing')],
  [
    /must not be longer than|cannot exceed|exceeds the maximum|maximum length|cannot be longer/,
    refused('valueTooLong'),
  ],
]

/** One row's refusal. Xero's own words are kept: a person must be able to read them (certification 4). */
export function refusalOf(messages: readonly string[]): RowOutcome {
  const message = messages.length === 0 ? 'Xero refused it without a reason' : messages.join(' ')
  const meaning = messages.map(meaningOf).find((found) => found !== undefined)
  if (meaning?.type === 'duplicate') return { type: 'duplicate', field: meaning.field, remoteId: null, message }
  return { type: 'refused', code: meaning?.code ?? 'contentRefused', message }
}

function meaningOf(message: string): Meaning | undefined {
  const text = message.toLowerCase()
  return CATALOGUE.find(([pattern]) => pattern.test(text))?.[1]
}

/** Our key has been used for other bytes (xero.md 3): that other request may well have been executed. */
export function isKeyMisuse(text: string): boolean {
  return /is used with a different request/i.test(text)
}
