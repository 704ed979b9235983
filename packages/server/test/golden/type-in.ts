import { xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import type { Discount, GoldenDocument, GoldenLine } from './document.ts'
import { TAXES, typedTaxType } from './taxes.ts'

/** Ids of what both systems share, in one order. */
export interface Shared {
  readonly customers: readonly { readonly zohoId: string; readonly xeroId: string }[]
  readonly products: readonly { readonly zohoId: string; readonly code: string }[]
}

/** Types a document into the system where it is born, as a person would. */
export async function typeIn(rig: EngineRig, document: GoldenDocument, shared: Shared): Promise<void> {
  if (document.born === 'zoho') await zohoCreate(rig, 'Invoices', zohoForm(document, shared))
  else await xeroCreate(rig, 'createInvoice', xeroForm(document, shared))
}

function zohoForm(document: GoldenDocument, { customers, products }: Shared) {
  return {
    Subject: document.title,
    Account_Name: { id: customers[document.customer]?.zohoId },
    Invoice_Date: document.date,
    Due_Date: document.dueDate,
    Currency: document.currency,
    Status: 'Created',
    Adjustment: Number(document.adjustment),
    Discount: zohoDiscount(document.headerDiscount),
    $line_tax: document.documentTaxes.map((key) => ({ name: TAXES[key].zoho })),
    Invoiced_Items: document.lines.map((line) => ({
      Product_Name: { id: products[line.product ?? -1]?.zohoId },
      Description: line.description,
      Quantity: Number(line.quantity),
      List_Price: Number(line.price),
      Discount: zohoDiscount(line.discount),
      Line_Tax: line.taxes.map((key) => ({ name: TAXES[key].zoho })),
    })),
  }
}

function zohoDiscount(discount: Discount): number | string {
  switch (discount.type) {
    case 'none':
      return 0
    case 'amount':
      return Number(discount.value)
    case 'percent':
      return `${discount.value}%`
  }
}

function xeroForm(document: GoldenDocument, { customers, products }: Shared) {
  return {
    Type: 'ACCREC',
    Contact: { ContactID: customers[document.customer]?.xeroId },
    Date: document.date,
    DueDate: document.dueDate,
    Reference: document.title,
    CurrencyCode: document.currency,
    LineAmountTypes: document.basis,
    LineItems: document.lines.map((line) => ({
      ...(line.product === null ? {} : { ItemCode: products[line.product]?.code }),
      Description: line.description,
      ...(line.price === ''
        ? {}
        : { Quantity: line.quantity, UnitAmount: line.price, TaxType: typedTaxType(line.taxes), AccountCode: '200' }),
      ...xeroDiscount(line),
      ...(line.typedTax === undefined ? {} : { TaxAmount: line.typedTax }),
    })),
  }
}

function xeroDiscount({ discount }: GoldenLine) {
  switch (discount.type) {
    case 'none':
      return {}
    case 'amount':
      return { DiscountAmount: discount.value }
    case 'percent':
      return { DiscountRate: discount.value }
  }
}
