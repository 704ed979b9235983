import type { Big } from 'big.js'
import { sum } from './decimals.ts'
import type { GoldenDocument } from './document.ts'
import type { Expected, ExpectedLine } from './expected.ts'
import type { ShownDocument, ShownLine } from './shown-line.ts'

type Synced = Extract<Expected, { type: 'synced' }>

export interface Compared {
  readonly document: GoldenDocument
  readonly expected: Synced
  /** Where it was typed, and where it arrived. */
  readonly source: ShownDocument
  readonly target: ShownDocument
}

/** Line by line: quantity, price, discount, tax (R35); totals to the cent (I11). Empty where all is as it must be. */
export function faultsOf({ document, expected, source, target }: Compared): readonly string[] {
  const faults: string[] = []
  const say = (what: string, wanted: Big | string, got: Big | string) =>
    void faults.push(`${document.title}: ${what}: expected ${wanted}, got ${got}`)
  if (!source.total.eq(expected.total)) say('total where it was typed', expected.total, source.total)
  if (!target.total.eq(expected.total)) say('total', expected.total, target.total)
  if (!target.rounding.eq(expected.rounding)) say('rounding', expected.rounding, target.rounding)
  if (target.lines.length !== expected.lines.length) {
    say('lines', String(expected.lines.length), String(target.lines.length))
    return faults
  }
  for (const [index, line] of expected.lines.entries()) {
    const [from, to] = [source.lines[index], target.lines[index]]
    if (from === undefined || to === undefined) throw new Error('unreachable: as many lines as expected')
    compareLine({ expected: line, from, to }, (what, wanted, got) => say(`line ${index + 1} ${what}`, wanted, got))
  }
  const shown = sum(target.lines.map(({ net, tax }) => net.plus(tax))).plus(target.rounding)
  if (!shown.eq(target.total)) say('sum of its lines', target.total, shown)
  return faults
}

interface Lines {
  readonly expected: ExpectedLine
  readonly from: ShownLine
  readonly to: ShownLine
}

function compareLine(
  { expected, from, to }: Lines,
  say: (what: string, wanted: Big | string, got: Big | string) => void,
): void {
  if (to.product !== from.product) say('product', from.product, to.product)
  if (to.description !== from.description) say('description', from.description, to.description)
  if (!to.quantity.eq(expected.quantity)) say('quantity', expected.quantity, to.quantity)
  if (isApart(to.price, expected.price, expected.priceSlack)) say('price', expected.price, to.price)
  if (isApart(to.discount, expected.discount, expected.discountSlack)) say('discount', expected.discount, to.discount)
  // Nobody's form takes a negative discount on what is sold.
  if (to.discount.times(to.quantity).times(to.price).lt(0)) say('discount', 'no surcharge', to.discount)
  if (!to.net.eq(expected.net)) say('net', expected.net, to.net)
  if (!to.tax.eq(expected.tax)) say('tax', expected.tax, to.tax)
  const names = [...to.taxNames].sort().join(' + ')
  if (names !== expected.taxName) say('tax rate', expected.taxName, names)
}

/** Nearer than the slack; equal where there is none. */
function isApart(got: Big, wanted: Big, slack: Big): boolean {
  const difference = got.minus(wanted).abs()
  return slack.eq(0) ? !difference.eq(0) : difference.gte(slack)
}
