import { ALLOCATION_ID_LENGTH } from '../../model/allocation.ts'
import { BILL_ROLES, type BillRole } from '../../model/bill-settings.ts'
import { PAYMENT_STATES } from '../../model/invoice-settings.ts'
import { type Collection, isReminder, type ZohoCollection } from '../../model/kind.ts'
import type { ZohoField } from '../../model/reference.ts'
import {
  ACCOUNT_ROLES,
  type AccountRole,
  type CreditNoteRole,
  PAYMENT_ROLES,
  PAYMENT_TYPES,
  type PaymentRole,
  type Provisioned,
} from '../../model/settings.ts'
import type { NewZohoField, NewZohoModule } from '../contract.ts'
import { CREDIT_NOTE_MODULE, neededOfCreditNotes } from './credit-note-fields.ts'

/** One custom field that a connection needs (R05), and where its real api_name was noted before. */
export interface NeededField {
  readonly module: ZohoCollection
  readonly field: NewZohoField
  /** The api_name stored at an earlier run; '' when there was none. Survives a renamed label. */
  readonly knownAs: string
  /** Types that do as well, where the field exists already. */
  readonly accepts: readonly string[]
  /** Does as well where Zoho does not keep it unique. */
  readonly mayRepeat?: boolean
}

/** Custom modules that connect makes; their collections bear the same names (`model/kind.ts`). */
export const PAYMENT_MODULE = 'XeroPayments'

export const ACCOUNT_MODULE = 'XeroAccounts'

export const CUSTOM_MODULES: Readonly<Partial<Record<ZohoCollection, NewZohoModule>>> = {
  [CREDIT_NOTE_MODULE]: { apiName: CREDIT_NOTE_MODULE, singular: 'XeroCreditNote', plural: 'XeroCreditNotes' },
  [PAYMENT_MODULE]: { apiName: PAYMENT_MODULE, singular: 'XeroPayment', plural: 'XeroPayments' },
  // Letters and digits are all that is promised; never a bare "Accounts" (C8).
  [ACCOUNT_MODULE]: { apiName: ACCOUNT_MODULE, singular: 'XeroLedgerAccount', plural: 'XeroLedgerAccounts' },
}

export const SERVICE_PRODUCT = { name: 'Service line (Xero)', code: 'TANDEM-SERVICE' } as const

/** Which invoice and due date a task of ours is about: how one whose create had no answer is found (R38c). */
const TASK_KEY: Pick<NewZohoField, 'label' | 'length'> = { label: 'Xero Reminder', length: 100 }

const LABELS = {
  xeroId: 'Xero ID',
  addToXero: 'Add to Xero',
  xeroInvoiceNumber: 'Xero Invoice No',
  xeroInvoiceUrl: 'Xero Invoice URL',
  xeroQuoteNumber: 'Xero Quote No',
  brandingTheme: 'Branding Theme',
  amountDue: 'Xero Amount Due',
  amountPaid: 'Xero Amount Paid',
  xeroStatus: 'Xero Status',
  paymentState: 'Xero Payment State',
  lastSynced: 'Xero Last Synced',
  primaryContact: 'Xero Primary Contact',
  deletedInXero: 'Deleted in Xero',
  dealInvoiceNumber: 'Xero Invoice No',
  dealInvoiceUrl: 'Xero Invoice URL',
  dealInvoiceId: 'Xero Invoice ID',
} as const

export type FieldRole =
  | keyof typeof LABELS
  | `payment.${PaymentRole}`
  | `account.${AccountRole}`
  | `bill.${BillRole}`
  | `creditNote.${CreditNoteRole}`

/** The fields of a payment's record in the CRM (R38a). Labels are free of words that Zoho keeps for itself. */
const PAYMENT_FIELDS: Readonly<Record<PaymentRole, Pick<NewZohoField, 'label' | 'dataType'> & Partial<NewZohoField>>> =
  {
    invoice: { label: 'Paid Invoice', dataType: 'lookup', lookupModule: 'Invoices' },
    amount: { label: 'Paid Amount', dataType: 'currency' },
    date: { label: 'Payment Date', dataType: 'date' },
    account: { label: 'Paid Into', dataType: 'text', length: 255 },
    reference: { label: 'Payment Reference', dataType: 'text', length: 255 },
    status: { label: 'Payment Status', dataType: 'text', length: 50 },
    currency: { label: 'Payment Currency', dataType: 'text', length: 10 },
    type: { label: 'Payment Type', dataType: 'picklist', picklist: PAYMENT_TYPES },
    creditNote: { label: 'Credit Note Used', dataType: 'lookup', lookupModule: CREDIT_NOTE_MODULE },
  }

/** The fields of a ledger account's record in the CRM (C8). */
const ACCOUNT_FIELDS: Readonly<Record<AccountRole, Pick<NewZohoField, 'label' | 'dataType'> & Partial<NewZohoField>>> =
  {
    code: { label: 'Ledger Code', dataType: 'text', length: 50 },
    type: { label: 'Ledger Type', dataType: 'text', length: 50 },
    class: { label: 'Ledger Class', dataType: 'text', length: 50 },
    taxType: { label: 'Ledger Tax Type', dataType: 'text', length: 50 },
    status: { label: 'Ledger Status', dataType: 'text', length: 50 },
    description: { label: 'Ledger Description', dataType: 'textarea' },
    takesPayments: { label: 'Takes Payments', dataType: 'boolean' },
  }
/** What a purchase order shows of its bill (R10c), and the supplier's own number for it. */
const BILL_FIELDS: Readonly<Record<BillRole, Pick<NewZohoField, 'label' | 'dataType'> & Partial<NewZohoField>>> = {
  number: { label: 'Supplier Invoice No', dataType: 'text', length: 255 },
  url: { label: 'Xero Bill URL', dataType: 'website' },
  amountDue: { label: 'Xero Amount Due', dataType: 'currency' },
  amountPaid: { label: 'Xero Amount Paid', dataType: 'currency' },
  status: { label: 'Xero Status', dataType: 'text', length: 50 },
  paymentState: { label: 'Xero Payment State', dataType: 'picklist', picklist: PAYMENT_STATES },
}

/** What each module needs, by role. Themes are Xero's names; without any the field is a plain text. `flagged`: R12c. */
export function neededFields(
  modules: readonly ZohoCollection[],
  previous: Provisioned,
  { themes, flagged }: { readonly themes: readonly string[]; readonly flagged: readonly Collection[] },
): readonly (NeededField & { readonly role: FieldRole })[] {
  const needed = (role: keyof typeof LABELS, module: ZohoCollection, knownAs: string) => {
    const shaped = shape(role, themes)
    const field = role === 'xeroId' ? { ...shaped, ...keyShape(module) } : shaped
    // Where Zoho keeps no field of tasks unique, the key is looked for all the same.
    return { role, module, field, knownAs, accepts: acceptedTypes(role, field), mayRepeat: isReminder(module) }
  }
  return modules.flatMap((module) => [
    // Two deals may share an invoice: theirs is no key.
    ...(module === 'Deals' ? [] : [needed('xeroId', module, previous.xeroId[module] ?? '')]),
    ...(flagged.includes(module) ? [needed('deletedInXero', module, previous.deletedInXero[module] ?? '')] : []),
    ...(module === 'Deals'
      ? [
          needed('dealInvoiceNumber', module, previous.dealInvoiceNumber),
          needed('dealInvoiceUrl', module, previous.dealInvoiceUrl),
          needed('dealInvoiceId', module, previous.dealInvoiceId),
        ]
      : []),
    ...(module === 'Contacts' ? [needed('primaryContact', module, previous.primaryContact)] : []),
    ...(module === 'Quotes' ? [needed('xeroQuoteNumber', module, previous.xeroQuoteNumber)] : []),
    ...(module === 'Invoices'
      ? [
          needed('addToXero', module, previous.addToXero),
          needed('xeroInvoiceNumber', module, previous.xeroInvoiceNumber),
          needed('xeroInvoiceUrl', module, previous.xeroInvoiceUrl),
          needed('brandingTheme', module, previous.brandingTheme),
          needed('amountDue', module, previous.amountDue),
          needed('amountPaid', module, previous.amountPaid),
          needed('xeroStatus', module, previous.xeroStatus),
          needed('paymentState', module, previous.paymentState),
          needed('lastSynced', module, previous.lastSynced),
        ]
      : []),
    ...(module === PAYMENT_MODULE
      ? PAYMENT_ROLES.filter((role) => role !== 'creditNote' || modules.includes(CREDIT_NOTE_MODULE)).map((role) =>
          neededOfPayment(role, previous),
        )
      : []),
    ...(module === CREDIT_NOTE_MODULE ? neededOfCreditNotes(modules, previous) : []),
    ...(module === ACCOUNT_MODULE ? ACCOUNT_ROLES.map((role) => neededOfAccount(role, previous)) : []),
    ...(module === 'Purchase_Orders' ? BILL_ROLES.map((role) => neededOfBill(role, previous)) : []),
  ])
}

function keyShape(module: ZohoCollection): Partial<NewZohoField> {
  // An allocation of credit is known by two ids of Xero's (`model/allocation.ts`).
  if (module === PAYMENT_MODULE) return { length: ALLOCATION_ID_LENGTH }
  return isReminder(module) ? TASK_KEY : {}
}

function neededOfPayment(role: PaymentRole, { payment }: Provisioned): NeededField & { readonly role: FieldRole } {
  const field: NewZohoField = { length: null, isUnique: false, picklist: [], ...PAYMENT_FIELDS[role] }
  const accepts = field.dataType === 'picklist' ? ['picklist', 'text'] : [field.dataType]
  return { role: `payment.${role}`, module: PAYMENT_MODULE, field, knownAs: payment[role], accepts }
}

function neededOfAccount(role: AccountRole, { account }: Provisioned): NeededField & { readonly role: FieldRole } {
  const field: NewZohoField = { length: null, isUnique: false, picklist: [], ...ACCOUNT_FIELDS[role] }
  return { role: `account.${role}`, module: ACCOUNT_MODULE, field, knownAs: account[role], accepts: [field.dataType] }
}

function neededOfBill(role: BillRole, { bill }: Provisioned): NeededField & { readonly role: FieldRole } {
  const field: NewZohoField = { length: null, isUnique: false, picklist: [], ...BILL_FIELDS[role] }
  const { dataType } = field
  const others = role === 'paymentState' ? ['text'] : dataType === 'currency' ? ['double'] : []
  return { role: `bill.${role}`, module: 'Purchase_Orders', field, knownAs: bill[role], accepts: [dataType, ...others] }
}

/** Types that do as well: a text field was made where the picklist was refused, an admin may prefer a list or a number. */
function acceptedTypes(role: keyof typeof LABELS, { dataType }: NewZohoField): readonly string[] {
  switch (role) {
    case 'brandingTheme':
    case 'xeroStatus':
    case 'paymentState':
      return ['picklist', 'text']
    case 'amountDue':
    case 'amountPaid':
      return ['currency', 'double']
    case 'xeroId':
    case 'addToXero':
    case 'xeroInvoiceNumber':
    case 'xeroInvoiceUrl':
    case 'xeroQuoteNumber':
    case 'lastSynced':
    case 'primaryContact':
    case 'deletedInXero':
    case 'dealInvoiceNumber':
    case 'dealInvoiceUrl':
    case 'dealInvoiceId':
      return [dataType]
  }
}

function shape(role: keyof typeof LABELS, themes: readonly string[]): NewZohoField {
  const plain = { label: LABELS[role], length: null, isUnique: false, picklist: [] }
  switch (role) {
    case 'xeroId':
      return { ...plain, dataType: 'text', length: 50, isUnique: true }
    case 'xeroInvoiceNumber':
    case 'dealInvoiceNumber':
    case 'dealInvoiceId':
    case 'xeroQuoteNumber':
      return { ...plain, dataType: 'text', length: 50 }
    case 'xeroInvoiceUrl':
    case 'dealInvoiceUrl':
      return { ...plain, dataType: 'website' }
    case 'brandingTheme':
      return themes.length === 0 ? asText(plain) : { ...plain, dataType: 'picklist', picklist: [...new Set(themes)] }
    case 'amountDue':
    case 'amountPaid':
      return { ...plain, dataType: 'currency' }
    case 'xeroStatus':
      return { ...plain, dataType: 'text', length: 50 }
    case 'paymentState':
      // List views are made by it (R38b).
      return { ...plain, dataType: 'picklist', picklist: PAYMENT_STATES }
    case 'lastSynced':
      return { ...plain, dataType: 'datetime' }
    case 'addToXero':
    case 'primaryContact':
    case 'deletedInXero':
      return { ...plain, dataType: 'boolean' }
  }
}

/** The fall-back for a picklist that Zoho refuses. */
export function asText(field: Omit<NewZohoField, 'dataType'>): NewZohoField {
  return { ...field, dataType: 'text', length: 100, picklist: [] }
}

export type FoundField =
  | { readonly type: 'found'; readonly apiName: string }
  | { readonly type: 'missing' }
  /** It is there but cannot serve: another type, or not unique. */
  | { readonly type: 'unfit'; readonly message: string }

/** The stored api_name first, then the label: an admin may have renamed the label, and api_names are Zoho's choice. */
export function findField(present: readonly ZohoField[], needed: NeededField): FoundField {
  const custom = present.filter((field) => field.isCustom)
  const found =
    custom.find((field) => needed.knownAs !== '' && field.apiName === needed.knownAs) ??
    custom.find((field) => sameLabel(field.label, needed.field.label))
  if (found === undefined) return { type: 'missing' }
  const name = `The field "${found.label}" of ${needed.module}`
  if (!needed.accepts.includes(found.dataType)) {
    return {
      type: 'unfit',
      message: `${name} is of type ${found.dataType}, not ${needed.field.dataType}: rename or delete it`,
    }
  }
  if (needed.field.isUnique && !found.isUnique && needed.mayRepeat !== true) {
    return { type: 'unfit', message: `${name} allows duplicate values: mark it as unique in Zoho` }
  }
  return { type: 'found', apiName: found.apiName }
}

function sameLabel(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.toLowerCase()
}
