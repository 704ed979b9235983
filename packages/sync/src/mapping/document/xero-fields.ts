import type { Kind } from '../../model/kind.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ValueObject } from '../../model/value.ts'
import { judgeEmail } from '../contact/person-fields.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'
import { accountFault, taxFault } from '../invoice/xero-faults.ts'
import { categoryOf, OPTION_LENGTH, type TrackingPlace, trackingOption, tracks } from './tracking.ts'
import type { ValueForm } from './value-form.ts'

/** A field of Xero that a person may map, with what Xero says about it (xero.md 4.1 to 4.3). */
export interface XeroField {
  readonly path: string
  /** As Xero's screens call it (R22). */
  readonly label: string
  readonly form: ValueForm
  /** Characters of a text; decimals of a number. */
  readonly length: number
  readonly access: 'write' | 'readOnly'
  /** The default rule that looks after it; '' for none. */
  readonly owner: string
  /** A create without it is refused. */
  readonly isRequired: boolean
  /** What Xero refuses besides form and length. */
  judge(text: string, reference: ReferenceData): Mapped<string>
  /** What a line bears for it, where the lines bear it and not the record. */
  onLine?(text: string, reference: ReferenceData): ValueObject
}

type Details = Partial<Pick<XeroField, 'form' | 'access' | 'owner' | 'isRequired' | 'judge' | 'onLine'>>

const anything: XeroField['judge'] = (text) => mapped(text)

function field(path: string, label: string, length: number, details: Details = {}): XeroField {
  const plain = { form: 'text', access: 'write', owner: '', isRequired: false, judge: anything } as const
  return { path, label, length, ...plain, ...details }
}

function shown(path: string, label: string, form: ValueForm, owner = ''): XeroField {
  return field(path, label, form === 'number' ? 4 : 255, { form, access: 'readOnly', owner })
}

const CONTACT: readonly XeroField[] = [
  field('Name', 'Contact name', 255, { owner: 'name', isRequired: true, judge: judgeName }),
  field('FirstName', 'First name', 255, { owner: 'firstName' }),
  field('LastName', 'Last name', 255, { owner: 'lastName' }),
  field('EmailAddress', 'Email', 255, { owner: 'email', judge: (text) => judgeEmail(text) }),
  field('AccountNumber', 'Account number', 50),
  field('CompanyNumber', 'Company number', 50),
  field('TaxNumber', 'Tax number (ABN, VAT or GST number)', 50),
  field('DefaultCurrency', 'Default currency', 3, { judge: judgeCurrency }),
  field('AccountsReceivableTaxType', 'Default sales tax', 50, { judge: judgeTax }),
  field('SalesDefaultAccountCode', 'Default sales account', 10, { judge: judgeSalesAccount }),
  shown('Website', 'Website', 'text', 'website'),
]

const ITEM: readonly XeroField[] = [
  field('Name', 'Name', 50, { owner: 'name' }),
  field('Description', 'Sales description', 4000, { form: 'lines', owner: 'description' }),
  field('PurchaseDescription', 'Purchase description', 4000, { form: 'lines' }),
  field('SalesDetails.UnitPrice', 'Sale price', 4, { form: 'number', owner: 'unitPrice' }),
  field('PurchaseDetails.UnitPrice', 'Cost price', 4, { form: 'number' }),
  field('SalesDetails.AccountCode', 'Sales account', 10, { judge: judgeSalesAccount }),
  field('PurchaseDetails.AccountCode', 'Purchase account', 10, { judge: judgeAnyAccount }),
  shown('QuantityOnHand', 'Quantity on hand', 'number'),
  shown('IsTrackedAsInventory', 'Tracked as inventory', 'flag'),
]

const INVOICE: readonly XeroField[] = [
  field('Reference', 'Reference', 255, { owner: 'subject' }),
  field('Date', 'Issue date', 10, { form: 'date', owner: 'date' }),
  field('DueDate', 'Due date', 10, { form: 'date', owner: 'dueDate' }),
  field('ExpectedPaymentDate', 'Expected payment date', 10, { form: 'date' }),
  shown('Status', 'Status', 'choice', 'status'),
  shown('InvoiceNumber', 'Invoice number', 'text', 'number'),
  shown('FullyPaidOnDate', 'Fully paid on', 'date'),
  shown('SentToContact', 'Sent', 'flag'),
  ...(['SubTotal', 'TotalTax', 'Total', 'AmountDue', 'AmountPaid', 'AmountCredited'] as const).map((path) =>
    shown(path, path.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '), 'number'),
  ),
]

/** A kind that is not named here has nothing to map yet. */
const XERO_FIELDS: Readonly<Partial<Record<Kind, readonly XeroField[]>>> = {
  contact: CONTACT,
  item: ITEM,
  invoice: INVOICE,
}

export function xeroFieldsOf(kind: Kind): readonly XeroField[] {
  return XERO_FIELDS[kind] ?? []
}

export function xeroField(kind: Kind, path: string): XeroField | undefined {
  const category = tracks(kind) ? categoryOf(path) : null
  if (category === null) return xeroFieldsOf(kind).find((one) => one.path === path)
  return trackingField(path, { kind, category })
}

/** One of the options that Xero has in a tracking category. */
function trackingField(path: string, at: TrackingPlace): XeroField {
  const { judge, onLine } = trackingOption(at)
  return field(path, `Tracking: ${at.category}`, OPTION_LENGTH, { form: 'choice', judge, onLine })
}

function judgeName(text: string): Mapped<string> {
  return /[<>]/.test(text)
    ? holdFor('valueNotAllowed', `Xero takes no < or > in a contact name: ${text}`)
    : mapped(text)
}

function judgeCurrency(text: string, { xero }: ReferenceData): Mapped<string> {
  const isEnabled = text === '' || xero.currencies.includes(text)
  return isEnabled ? mapped(text) : holdFor('currencyNotEnabled', `${text} is not enabled in Xero`)
}

function judgeTax(text: string, { xero }: ReferenceData): Mapped<string> {
  const fault = taxFault(text, xero)
  return fault === null ? mapped(text) : holdFor('taxNotValid', fault)
}

function judgeSalesAccount(text: string, { xero }: ReferenceData): Mapped<string> {
  const fault = text === '' ? null : accountFault(text, xero)
  return fault === null ? mapped(text) : holdFor('accountNotValid', fault)
}

function judgeAnyAccount(text: string, { xero }: ReferenceData): Mapped<string> {
  const isKnown = text === '' || xero.accounts.some(({ code, status }) => code === text && status === 'ACTIVE')
  return isKnown ? mapped(text) : holdFor('accountNotValid', `Xero has no active ledger account ${text}`)
}
