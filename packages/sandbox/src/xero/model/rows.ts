import type { Big } from 'big.js'
import type { WireObject } from '../wire/json.ts'
import type { Row } from './table.ts'

/** Text fields of a contact that are stored as they come, with their longest length (xero.md 4.1). */
export const CONTACT_TEXTS = {
  Name: 255,
  ContactNumber: 50,
  AccountNumber: 50,
  FirstName: 255,
  LastName: 255,
  EmailAddress: 255,
  CompanyNumber: 50,
  TaxNumber: 50,
  BankAccountDetails: 255,
  DefaultCurrency: 3,
  AccountsReceivableTaxType: 50,
  AccountsPayableTaxType: 50,
  SalesDefaultAccountCode: 10,
  PurchasesDefaultAccountCode: 10,
  SalesDefaultLineAmountType: 9,
  PurchasesDefaultLineAmountType: 9,
  XeroNetworkKey: 255,
} as const
export type ContactText = keyof typeof CONTACT_TEXTS

export const ADDRESS_PARTS = {
  AttentionTo: 255,
  AddressLine1: 500,
  AddressLine2: 500,
  AddressLine3: 500,
  AddressLine4: 500,
  City: 255,
  Region: 255,
  PostalCode: 50,
  Country: 50,
} as const
export const ADDRESS_TYPES = ['STREET', 'POBOX'] as const
export const PHONE_PARTS = { PhoneNumber: 50, PhoneAreaCode: 10, PhoneCountryCode: 20 } as const
export const PHONE_TYPES = ['DEFAULT', 'DDI', 'FAX', 'MOBILE'] as const
export type AddressType = (typeof ADDRESS_TYPES)[number]
export type PhoneType = (typeof PHONE_TYPES)[number]
export type Address = Readonly<Record<keyof typeof ADDRESS_PARTS, string>>
export type Phone = Readonly<Record<keyof typeof PHONE_PARTS, string>>

export interface ContactPerson {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly includeInEmails: boolean
}

export interface ContactRow extends Row {
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST'
  readonly texts: Readonly<Record<ContactText, string>>
  readonly persons: readonly ContactPerson[]
  readonly addresses: Readonly<Record<AddressType, Address>>
  readonly phones: Readonly<Record<PhoneType, Phone>>
  readonly paymentTerms: WireObject | undefined
  readonly isCustomer: boolean
  readonly isSupplier: boolean
  readonly website: string
  readonly mergedTo: string | undefined
}

export interface ItemDetails {
  readonly unitPrice: Big | undefined
  readonly accountCode: string
  readonly taxType: string
  readonly cogsAccountCode: string
}

export interface ItemRow extends Row {
  readonly code: string
  readonly name: string
  readonly isSold: boolean
  readonly isPurchased: boolean
  readonly description: string
  readonly purchaseDescription: string
  readonly sales: ItemDetails
  readonly purchase: ItemDetails
  readonly inventoryAccountCode: string
  readonly quantityOnHand: Big
}

export type DocumentStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED'
export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax'

export interface TrackingChoice {
  readonly categoryId: string
  readonly optionId: string
  readonly name: string
  readonly option: string
}

export interface LineRow {
  readonly id: string
  readonly description: string
  readonly quantity: Big | undefined
  readonly unitAmount: Big | undefined
  readonly lineAmount: Big
  readonly taxAmount: Big
  readonly taxType: string
  readonly accountCode: string
  readonly itemCode: string
  readonly discountRate: Big | undefined
  readonly discountAmount: Big | undefined
  readonly tracking: readonly TrackingChoice[]
}

export interface Totals {
  readonly subTotal: Big
  readonly totalTax: Big
  readonly total: Big
  readonly totalDiscount: Big
}

export interface InvoiceRow extends Row, Totals {
  readonly type: 'ACCREC' | 'ACCPAY'
  readonly status: DocumentStatus
  readonly number: string
  readonly reference: string
  readonly contactId: string
  readonly date: string
  readonly dueDate: string
  readonly lineAmountTypes: LineAmountTypes
  readonly lines: readonly LineRow[]
  readonly currency: string
  readonly currencyRate: Big
  readonly brandingThemeId: string
  readonly url: string
  readonly sentToContact: boolean
  readonly expectedPaymentDate: string
  readonly plannedPaymentDate: string
  readonly amountPaid: Big
  readonly amountCredited: Big
  readonly fullyPaidOn: string
  readonly createdByApp: boolean
}

export type PaymentType =
  | 'ACCRECPAYMENT'
  | 'ACCPAYPAYMENT'
  | 'ARCREDITPAYMENT'
  | 'APCREDITPAYMENT'
  | 'ARPREPAYMENTPAYMENT'
  | 'APPREPAYMENTPAYMENT'
  | 'AROVERPAYMENTPAYMENT'
  | 'APOVERPAYMENTPAYMENT'

export interface PaymentRow extends Row {
  /** Of the four documents that a payment can be on, exactly one is set. */
  readonly invoiceId: string
  readonly creditNoteId: string
  readonly prepaymentId: string
  readonly overpaymentId: string
  readonly accountId: string
  readonly date: string
  readonly amount: Big
  readonly currencyRate: Big
  readonly reference: string
  readonly status: 'AUTHORISED' | 'DELETED'
  readonly isReconciled: boolean
  readonly type: PaymentType
}

export const QUOTE_STATUSES = ['DRAFT', 'SENT', 'ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED'] as const
export type QuoteStatus = (typeof QUOTE_STATUSES)[number]

export interface QuoteRow extends Row, Totals {
  readonly number: string
  readonly status: QuoteStatus
  readonly reference: string
  readonly terms: string
  readonly title: string
  readonly summary: string
  readonly contactId: string
  readonly date: string
  readonly expiryDate: string
  readonly lineAmountTypes: LineAmountTypes
  readonly lines: readonly LineRow[]
  readonly currency: string
  readonly currencyRate: Big
  readonly brandingThemeId: string
}

export interface HistoryRow {
  readonly atMs: number
  readonly changes: string
  readonly user: string
  readonly details: string
}
