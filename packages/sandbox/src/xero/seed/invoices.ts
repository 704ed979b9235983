import { Big } from 'big.js'
import type { Company, InvoiceDocument, InvoiceLine } from '../../company/contract.ts'
import { blankInvoice } from '../invoices/blank.ts'
import { lineAmounts, totalsOf } from '../invoices/line-amounts.ts'
import { markTrading } from '../invoices/resolve-contact.ts'
import { roundMoney } from '../invoices/rounding.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow, LineRow } from '../model/rows.ts'

/** What documents refer to, resolved once for all of them. */
export interface SeedIndex {
  readonly company: Company
  readonly contactIds: ReadonlyMap<string, string>
  /** Codes of the products that Xero has. */
  readonly itemCodes: ReadonlyMap<string, string>
  readonly brandingThemeId: string
  readonly bankAccountId: string
}

/** A document that stands in Xero when the company starts; PAID ones have their payment (xero.md 4.3, 4.6). */
export function seedInvoice(books: Books, document: InvoiceDocument, from: SeedIndex & { updatedMs: number }): void {
  const contactId = from.contactIds.get(document.partyKey)
  if (contactId === undefined) return
  const type = document.type === 'sale' ? 'ACCREC' : 'ACCPAY'
  const lines = document.lines.map((line) => lineOf(books, line, { type, index: from }))
  const totals = totalsOf(lines, 'Exclusive')
  const isPaid = document.xeroStatus === 'PAID'
  const row: InvoiceRow = {
    ...blankInvoice(books, type),
    ...totals,
    updatedMs: from.updatedMs,
    status: document.xeroStatus,
    number: document.number,
    reference: type === 'ACCREC' ? document.reference : '',
    contactId,
    date: document.date,
    dueDate: document.dueDate,
    lines,
    currency: document.currency,
    currencyRate: books.currencies.get(document.currency)?.ratePerBase ?? new Big(1),
    brandingThemeId: from.brandingThemeId,
    amountPaid: isPaid ? totals.total : new Big(0),
    fullyPaidOn: isPaid ? document.dueDate : '',
  }
  books.invoices.put(row)
  markTrading(books, contactId, document.type === 'sale' ? 'sale' : 'purchase')
  if (isPaid) seedPayment(books, row, from.bankAccountId)
}

function seedPayment(books: Books, row: InvoiceRow, accountId: string): void {
  books.payments.put({
    id: books.guid(),
    updatedMs: row.updatedMs,
    invoiceId: row.id,
    creditNoteId: '',
    prepaymentId: '',
    overpaymentId: '',
    accountId,
    date: row.fullyPaidOn,
    amount: row.total,
    currencyRate: row.currencyRate,
    reference: '',
    status: 'AUTHORISED',
    isReconciled: true,
    type: row.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT',
  })
}

const PURCHASE_TAXES = { gst: 'INPUT', gstFree: 'EXEMPTEXPENSES', export: 'EXEMPTEXPENSES' } as const

function lineOf(books: Books, line: InvoiceLine, about: { type: InvoiceRow['type']; index: SeedIndex }): LineRow {
  const isSale = about.type === 'ACCREC'
  const salesTax = about.index.company.taxes.find((tax) => tax.key === line.taxKey)?.xeroTaxType ?? 'OUTPUT'
  const taxType = isSale ? salesTax : PURCHASE_TAXES[line.taxKey]
  const discount = new Big(line.discountPercent)
  const draft = {
    id: books.guid(),
    description: line.description,
    quantity: new Big(line.quantity),
    unitAmount: new Big(line.unitPrice),
    lineAmount: undefined,
    taxAmount: undefined,
    taxType,
    accountCode: isSale ? '200' : '310',
    itemCode: about.index.itemCodes.get(line.productKey ?? '') ?? '',
    discountRate: discount.eq(0) || !isSale ? undefined : discount,
    discountAmount: undefined,
    tracking: [],
  }
  const taxRate = books.taxRates.get(taxType)?.rate ?? new Big(0)
  const round = (amount: Big) => roundMoney(amount, books.switches)
  const amounts = lineAmounts(draft, { lineAmountTypes: 'Exclusive', taxRate, round })
  if (typeof amounts === 'string') throw new Error(`Seed line of ${line.description}: ${amounts}`)
  return { ...draft, ...amounts }
}
