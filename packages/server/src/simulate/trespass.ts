import { z } from 'zod'
import type { Scenario } from './scenario.ts'
import type { Call } from './wire.ts'

const rows = z.array(z.record(z.string(), z.unknown()))
const zohoBody = z.object({ data: rows })
const quotesBody = z.object({ Quotes: rows })

/** Of the CRM's quotes, deals and purchase orders only these are ours to write: what became of them, and which record is theirs. */
const OURS: Readonly<Record<string, RegExp>> = {
  Quotes: /^(id|Quote_Stage|Deleted_in_Xero|Xero_ID\w*|Xero_Quote_No\w*)$/,
  Deals: /^(id|Xero_Invoice_(No|URL|ID)\w*)$/,
  Purchase_Orders: /^(id|Supplier_Invoice_No\w*|Xero_\w+)$/,
}

/**
 * What no write of ours may do, whatever comes of it: touch what people write in a quote, a deal or a purchase order,
 * make or delete one, or say of a Xero quote that it is invoiced or deleted (R10c, R32, R37), unless deletes cross:
 * `removal-watch.ts` judges those. undefined: it does not.
 */
export function trespassOf({ side, request, target }: Call, { isDeleting }: Scenario): string | undefined {
  const { method, body = '' } = request
  const what = `${side} ${method} ${target}`
  const { pathname } = new URL(target, 'http://sandbox')
  if (side === 'xero') {
    if (!/\/Quotes(\/|$)/.test(pathname)) return undefined
    const strange = isDeleting === true ? ['INVOICED'] : ['INVOICED', 'DELETED']
    const claims = quotesBody.parse(JSON.parse(body)).Quotes.map((row) => String(row.Status ?? ''))
    return claims.some((status) => strange.includes(status)) ? `${what}: ${claims.join()}` : undefined
  }
  const module = /\/(Quotes|Deals|Purchase_Orders)(\/|$)/.exec(pathname)?.[1] ?? ''
  const ours = OURS[module]
  if (ours === undefined) return undefined
  if (method === 'DELETE' && isDeleting === true) return undefined
  if (method !== 'PUT') return what
  const names = zohoBody.parse(JSON.parse(body)).data.flatMap((row) => Object.keys(row))
  const strange = names.filter((name) => !ours.test(name))
  return strange.length === 0 ? undefined : `${what}: ${strange.join()}`
}
