import type { Chance } from '../core/chance.ts'
import type { CompanyTax, InvoiceDocument, InvoiceLine, Product } from './contract.ts'
import { createDeck } from './deal.ts'

const WHOLE_QUANTITIES = ['1', '1', '2', '3', '4', '10', '24'] as const
const PART_QUANTITIES = ['0.5', '1.25', '2.75', '7.5'] as const
const NO_DISCOUNT = '0'
const SERVICE_LINES = [
  'Freight to site, as agreed by phone',
  'Call-out fee, Saturday',
  'Disposal of old fittings',
  'Rounding of the June quote, see e-mail',
] as const

/** What a line needs to know about its document. */
export interface LineSetting {
  readonly products: readonly Product[]
  readonly type: InvoiceDocument['type']
  /** Overseas customers are exports whatever they buy. */
  readonly isExport: boolean
  /** One line without a product, as Xero's users write them. */
  readonly hasServiceLine: boolean
}

export interface LineSource {
  lines(setting: LineSetting): InvoiceLine[]
}

type Percentages = readonly [string, ...string[]]

/** Clean companies take quantities and discounts that come out alike however a side rounds; mixed ones do not. */
export const CLEAN_DISCOUNTS: Percentages = ['0', '0', '0', '0', '0', '0', '5', '10']
export const MIXED_DISCOUNTS: Percentages = ['0', '0', '0', '0', '0', '5', '10', '12.5', '33.33', '7.25']

export function createLineSource(chance: Chance, discounts: Percentages): LineSource {
  const discount = createDeck(chance, discounts)
  const isClean = discounts === CLEAN_DISCOUNTS
  const quantity = createDeck(chance, isClean ? WHOLE_QUANTITIES : [...WHOLE_QUANTITIES, ...PART_QUANTITIES])
  const count = createDeck(chance, [1, 1, 2, 2, 3, 4])
  return {
    lines(setting) {
      const taxOf = (key: CompanyTax['key']) => (setting.isExport ? 'export' : key)
      const discountOf = () => (setting.type === 'bill' ? NO_DISCOUNT : discount())
      const lines: InvoiceLine[] = []
      for (let wanted = count(); wanted > 0; wanted -= 1) {
        const product = setting.products[chance.int(0, setting.products.length - 1)]
        if (product === undefined) continue
        const { key: productKey, unitPrice, name: description } = product
        const taxKey = taxOf(product.taxKey)
        lines.push({ productKey, description, quantity: quantity(), unitPrice, discountPercent: discountOf(), taxKey })
      }
      if (setting.hasServiceLine || lines.length === 0) lines.push(createServiceLine(chance, taxOf('gst')))
      return lines
    },
  }
}

function createServiceLine(chance: Chance, taxKey: CompanyTax['key']): InvoiceLine {
  return {
    productKey: undefined,
    description: chance.pick(SERVICE_LINES),
    quantity: '1',
    unitPrice: `${chance.int(20, 240)}.00`,
    discountPercent: NO_DISCOUNT,
    taxKey,
  }
}
