import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import {
  type CreateExtras,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Mapped,
  type SideView,
} from '../contract.ts'
import { bigOf, isZero, normaliseDecimal, ZERO } from '../decimal.ts'
import { objectAt, rowsAt, textAt } from '../record-fields.ts'
import { dealLookup } from './deal-lookup.ts'
import { invoicedQuoteOf, linesFrom } from './deal-source.ts'

interface DealCreate {
  readonly mapping: KindMapping
  readonly target: Side
  readonly context: LinkContext
}

/** Identity and constants of the invoice, or why none can be made of this deal. */
export function dealExtras(source: RemoteRecord, { mapping, target, context }: DealCreate): Mapped<CreateExtras> {
  const view: SideView = { side: 'zoho', main: source, primary: null, persons: [] }
  return (
    lookupFault(context) ??
    quoteFault(source) ??
    amountFault(source) ??
    priceFault(source) ??
    agreementFault(view, { mapping, context }) ??
    mapping.createExtras(target, view, context)
  )
}

type Fault = Extract<Mapped<never>, { readonly type: 'hold' }>

/** An invoice that somebody makes of the deal by hand could not be told from any other: the sale would be billed twice. */
function lookupFault({ reference }: LinkContext): Fault | null {
  return dealLookup(reference) === ''
    ? holdFor('fieldMissing', 'Zoho Invoices has no lookup that names a deal: add Deal Name to its layout')
    : null
}

/** Whatever was made of it in Xero bills the sale, whether the CRM knows of it or not. */
function quoteFault(source: RemoteRecord): Fault | null {
  const number = invoicedQuoteOf(source)
  return number === '' ? null : holdFor('quoteInvoiced', `Xero shows the deal's quote ${number} as invoiced`)
}

function amountFault(source: RemoteRecord): Fault | null {
  const rows = rowsAt(source.fields, 'Invoiced_Items')
  if (rows.length === 0)
    return holdFor('requiredValueMissing', 'The deal has no agreed quote, no products and no Amount: nothing to bill')
  const isNegative = linesFrom(source) === 'amount' && bigOf(textAt(source.fields, 'Amount')).lt(ZERO)
  return isNegative ? holdFor('valueNotAllowed', "The deal's Amount is negative: it cannot be billed") : null
}

/** A product without a price would be given away. */
function priceFault(source: RemoteRecord): Fault | null {
  if (linesFrom(source) !== 'products') return null
  const free = rowsAt(source.fields, 'Invoiced_Items').find((row) => normaliseDecimal(textAt(row, 'List_Price')) === '')
  if (free === undefined) return null
  const name = textAt(objectAt(free, 'Product_Name'), 'name')
  return holdFor('requiredValueMissing', `The product ${name} of the deal has no Unit Price`)
}

/**
 * The list of products says nothing of quantities. A draft is looked at before it counts; what goes further must come
 * to the Amount that was agreed.
 */
function agreementFault(view: SideView, { mapping, context }: Pick<DealCreate, 'mapping' | 'context'>): Fault | null {
  const { main } = view
  const agreed = textAt(main?.fields, 'Amount')
  const isDraft = context.settings.wonDeals.status === 'DRAFT'
  if (main === null || isDraft || linesFrom(main) !== 'products' || isZero(agreed)) return null
  const lines = mapping.lines?.read(view, context) ?? []
  const net = lines.reduce((sum, line) => sum.plus(bigOf(line.value.net)), ZERO)
  if (net.eq(bigOf(agreed))) return null
  const detail = `The deal's products come to ${net.toFixed(2)}, its Amount is ${bigOf(agreed).toFixed(2)}`
  return holdFor('totalsDiffer', `${detail}: agree a quote, or correct one of them`)
}
