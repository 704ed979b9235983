import type { DealPapers } from '../../model/deal.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ValueObject } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { normaliseDecimal } from '../decimal.ts'
import { lookupIdAt, rowsAt, textAt } from '../record-fields.ts'

/** Where the rows of a deal's invoice come from. */
export type DealLines = 'quote' | 'products' | 'amount'

/** Under this name the source says where its rows come from. */
const LINES_FROM = '$linesFrom'
const INVOICED_QUOTE = '$invoicedQuote'

/**
 * A deal as if it were a Zoho invoice, so that every rule of invoices applies to it unchanged: customer, rows, taxes,
 * totals, due date. What it does not set stays blank, and the rules fill it in. Pure.
 */
export function dealSource(deal: RemoteRecord, papers: DealPapers, agreedStages: readonly string[]): RemoteRecord {
  const quote = newest(papers.quotes.filter((one) => agreedStages.includes(textAt(one, 'Quote_Stage'))))
  const { fields } = deal
  const subject = tidy(textAt(fields, 'Deal_Name'))
  return {
    ...deal,
    hasLines: true,
    fields: {
      ...BLANK,
      ...(quote === null ? {} : quoteAmounts(quote)),
      Invoice_Number: dealNumber(deal.id),
      Subject: subject,
      [INVOICED_QUOTE]: papers.invoicedQuote,
      Stage: textAt(fields, 'Stage'),
      Amount: textAt(fields, 'Amount'),
      Account_Name: lookup(customerOf(deal, { quote, papers })),
      Contact_Name: lookup(lookupIdAt(fields, 'Contact_Name') || lookupIdAt(quote, 'Contact_Name')),
      Currency: textAt(quote ?? fields, 'Currency') || textAt(fields, 'Currency'),
      ...rowsOf(deal, { quote, products: papers.products }),
    },
  }
}

/** A number that no counter of either system comes to, and that Xero keeps unique: of one deal there is one, for ever. */
export function dealNumber(dealId: string): string {
  return `DEAL-${dealId}`
}

export function linesFrom(source: RemoteRecord): DealLines {
  const from = textAt(source.fields, LINES_FROM)
  return from === 'quote' || from === 'products' ? from : 'amount'
}

export function invoicedQuoteOf(source: RemoteRecord): string {
  return textAt(source.fields, INVOICED_QUOTE)
}

const BLANK: ValueObject = { Status: '', Invoice_Date: '', Due_Date: '', Discount: '', Tax: '', Adjustment: '' }

/** The last one made, by its id where two were made in one second. */
function newest(quotes: readonly ValueObject[]): ValueObject | null {
  const madeAt = (quote: ValueObject) => Date.parse(textAt(quote, 'Created_Time')) || 0
  const id = (quote: ValueObject) => textAt(quote, 'id').padStart(20, '0')
  return quotes.toSorted((a, b) => madeAt(b) - madeAt(a) || (id(a) < id(b) ? 1 : -1))[0] ?? null
}

/** Header amounts too: a discount on the whole quote is held or spread like that of an invoice. */
function quoteAmounts(quote: ValueObject): ValueObject {
  const names = ['Sub_Total', 'Discount', 'Tax', '$line_tax', 'Adjustment', 'Grand_Total']
  return Object.fromEntries(names.flatMap((name) => (quote[name] === undefined ? [] : [[name, quote[name]]])))
}

function customerOf(
  deal: RemoteRecord,
  of: { readonly quote: ValueObject | null; readonly papers: DealPapers },
): string {
  return lookupIdAt(deal.fields, 'Account_Name') || lookupIdAt(of.quote, 'Account_Name') || of.papers.contactCompanyId
}

function lookup(id: string): ValueObject | null {
  return id === '' ? null : { id }
}

function rowsOf(
  deal: RemoteRecord,
  of: { readonly quote: ValueObject | null; readonly products: readonly ValueObject[] },
): ValueObject {
  const quoted = rowsAt(of.quote, 'Quoted_Items')
  if (quoted.length > 0) return { [LINES_FROM]: 'quote', Invoiced_Items: quoted }
  if (of.products.length > 0) return { [LINES_FROM]: 'products', Invoiced_Items: of.products.map(productRow) }
  return { [LINES_FROM]: 'amount', Invoiced_Items: amountRows(deal) }
}

/** In the list's order, one of each. A price that is missing stays blank, which holds. */
function productRow(product: ValueObject): ValueObject {
  const { id = '', Product_Name: name = '', Product_Code: code = '', Unit_Price: price = '', Tax: taxes = [] } = product
  return { id, Product_Name: { id, name, Product_Code: code }, Quantity: '1', List_Price: price, Line_Tax: taxes }
}

/** A line without a product, as Xero knows it; none where the deal has no amount. */
function amountRows({ id, fields }: RemoteRecord): readonly ValueObject[] {
  const amount = normaliseDecimal(textAt(fields, 'Amount'))
  if (amount === '' || amount === '0') return []
  return [
    {
      id,
      Product_Name: null,
      Quantity: '1',
      List_Price: amount,
      Description: tidy(textAt(fields, 'Deal_Name')),
      Line_Tax: [],
    },
  ]
}
