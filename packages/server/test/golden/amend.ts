import { Big } from 'big.js'
import { xeroEdit, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import type { GoldenDocument } from './document.ts'
import type { Pair } from './look.ts'

/** The same document with one piece more on its first line. */
export function amended(document: GoldenDocument): GoldenDocument {
  return {
    ...document,
    lines: document.lines.map((line, index) =>
      index === 0 ? { ...line, quantity: new Big(line.quantity || '0').plus(1).toFixed() } : line,
    ),
  }
}

/** A person types that where the document was born. Xero takes the whole list, each line by its id (xero.md 4.3). */
export async function amendInPlace(rig: EngineRig, { crm, books }: Pair, after: GoldenDocument): Promise<void> {
  const [first] = after.lines
  if (first === undefined) return
  if (after.born === 'zoho') {
    const values = { Quantity: Number(first.quantity) }
    await zohoAct(rig, { action: 'editRow', id: crm?.id, rowId: crm?.Invoiced_Items[0]?.id, values })
    return
  }
  const LineItems = (books?.lines ?? []).map((line, index) => ({
    LineItemID: line.id,
    ...(index === 0 ? { Quantity: first.quantity } : {}),
    // What was typed over stays so only if it is said again.
    ...(after.lines[index]?.typedTax === undefined ? {} : { TaxAmount: after.lines[index].typedTax }),
  }))
  await xeroEdit(rig, { action: 'editInvoice', id: books?.id ?? '' }, { LineItems })
}
