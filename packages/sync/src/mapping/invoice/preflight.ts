import type { Code } from '../../model/codes.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ValueObject } from '../../model/value.ts'
import type { Fault, LineRules, LineValue, LinkContext, WriteIntent } from '../contract.ts'
import { isZero, plainText, ZERO } from '../decimal.ts'
import { asText, rowsAt, textAt } from '../record-fields.ts'
import { arrivalStatus } from './arrival.ts'
import { dueDateOf } from './due-date.ts'
import { headerDiscount } from './header-discount.ts'
import { lockedByDate } from './locks.ts'
import { contactOf, recordQuestion } from './questions.ts'
import { xeroStatus } from './status.ts'
import { xeroLineFaults } from './xero-faults.ts'

/** What is about to be written to Xero, with the lines that it has there now. */
export interface Preflight {
  readonly intent: WriteIntent
  readonly rules: LineRules
  readonly context: LinkContext
  readonly present: readonly LineValue[]
}

export type PreflightName = (typeof PREFLIGHT)[number]['name']

/**
 * Everything that Xero would refuse of an invoice, or compute otherwise, found before the first write (R34). Each has its
 * codes, and each code its text with the fix. `run` looks at the document as a whole; the others show while its fields,
 * lines and number are mapped, or on the contact that it waits for.
 */
export const PREFLIGHT = [
  { name: 'lockDate', codes: ['lockDate'], run: lockDateFaults },
  { name: 'customer', codes: ['missingParent', 'onlineSaleContactMissing'], run: null },
  { name: 'archivedCustomer', codes: ['customerArchived'], run: archivedFaults },
  { name: 'nameClash', codes: ['nameTakenByStranger'], run: null },
  { name: 'currency', codes: ['currencyNotEnabled'], run: null },
  { name: 'brandingTheme', codes: ['valueNotAllowed'], run: null },
  { name: 'numbering', codes: ['numberTaken', 'missingKey'], run: null },
  { name: 'dueDate', codes: ['dueDateMissing'], run: dueDateFaults },
  { name: 'items', codes: ['unmappedItem'], run: null },
  { name: 'taxes', codes: ['unmappedTax'], run: null },
  {
    name: 'accountAndTax',
    codes: ['accountNotChosen', 'accountNotValid', 'taxNotValid', 'requiredValueMissing'],
    run: lineFaults,
  },
  { name: 'documentAmounts', codes: ['documentTax', 'headerDiscount'], run: documentFaults },
  { name: 'totals', codes: ['totalsDiffer'], run: null },
] as const satisfies readonly {
  readonly name: string
  readonly codes: readonly Code[]
  readonly run: ((of: Preflight) => readonly Fault[]) | null
}[]

/** All that is wrong with the document as a whole, totals apart: these are compared when nothing else is wrong. */
export function preflightFaults(of: Preflight): readonly Fault[] {
  return PREFLIGHT.flatMap(({ run }) => (run === null ? [] : run(of)))
}

export function lockDateFaults({ intent: { after, targetView }, context }: Preflight): readonly Fault[] {
  const date = asText(after.date) || (targetView.main === null ? context.today : '')
  const locked = lockedByDate(date, context.reference)
  return locked === null ? [] : [{ code: 'lockDate', detail: locked }]
}

/** Only active contacts can be on new transactions (xero.md 4.1). */
export function archivedFaults({ intent: { after }, context }: Preflight): readonly Fault[] {
  return archivedContactFaults(asText(after.customer), 'customerArchived', context)
}

export function archivedContactFaults(contactId: string, code: Code, context: LinkContext): readonly Fault[] {
  const [contact] = context.answer(recordQuestion('Contacts', contactId)) ?? []
  if (contact === undefined || contact.life === 'live') return []
  const merged = textAt(contact.fields, 'MergedToContactID') === '' ? '' : ', merged into another'
  const name = textAt(contact.fields, 'Name')
  return [{ code, detail: `The Xero contact ${name} is archived${merged}` }]
}

/** Without one Xero approves nothing (xero.md 4.3). */
function dueDateFaults({ intent, context }: Preflight): readonly Fault[] {
  if (statusAfter(intent, context) !== 'AUTHORISED' || dueAfter(intent, context) !== '') return []
  const detail =
    'The invoice shall arrive approved, and neither it nor its customer nor the settings say when it is due'
  return [{ code: 'dueDateMissing', detail }]
}

function dueAfter({ source, targetView, after }: WriteIntent, context: LinkContext): string {
  if (targetView.main !== null || source.main === null) return asText(after.dueDate)
  const date = asText(after.date) || context.today
  return dueDateOf(source.main, { date, contact: contactOf(source.main, context), settings: context.settings })
}

function statusAfter({ source, targetView }: WriteIntent, { settings }: LinkContext): string {
  if (targetView.main !== null) return xeroStatus(targetView.main)
  return source.main === null ? '' : arrivalStatus(source.main, settings)
}

function lineFaults({ intent, context, present }: Preflight): readonly Fault[] {
  const { linesAfter, targetView } = intent
  if (linesAfter === null) return []
  return xeroLineFaults({ targetView, linesAfter, present, status: statusAfter(intent, context) }, context)
}

export function documentFaults({ intent: { source }, context }: Preflight): readonly Fault[] {
  return source.main === null
    ? []
    : documentAmountFaults(source.main).filter(
        ({ code }) => code !== 'headerDiscount' || context.settings.headerDiscount === 'hold',
      )
}

/** Xero taxes lines only, and has no discount on a whole document. */
export function documentAmountFaults({ fields }: RemoteRecord): readonly Fault[] {
  const discount = headerDiscount(fields)
  const taxed: Fault = {
    code: 'documentTax',
    detail: 'The Zoho document has a tax as a whole: Xero taxes lines only',
  }
  const discounted: Fault = {
    code: 'headerDiscount',
    detail: `The Zoho document has a discount of ${plainText(discount)} as a whole: Xero has none`,
  }
  return [...(hasDocumentTax(fields) ? [taxed] : []), ...(discount.eq(ZERO) ? [] : [discounted])]
}

function hasDocumentTax(fields: ValueObject): boolean {
  return rowsAt(fields, '$line_tax').length > 0 || !isZero(textAt(fields, 'Tax'))
}
