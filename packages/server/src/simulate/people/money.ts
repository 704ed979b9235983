import { someOf } from '../streams.ts'
import type { Town } from './town.ts'

/** What bookkeepers do with invoices: approve, pay in part or whole, take a payment back, void. */
export async function handleMoney(town: Town): Promise<boolean> {
  const [action, statuses] = town.chance.pick([
    ['approve', ['DRAFT', 'SUBMITTED']],
    ['approve', ['DRAFT', 'SUBMITTED']],
    ['pay', ['AUTHORISED']],
    ['part', ['AUTHORISED']],
    ['unpay', ['AUTHORISED', 'PAID']],
    ['void', ['AUTHORISED']],
  ] as const)
  const invoice = someOf(
    town.chance,
    town.states.xero.invoices.filter((one) => statuses.some((status) => status === one.status)),
  )
  if (invoice === undefined) return false
  const deed = action === 'part' ? { action: 'pay', amount: '1.00' } : { action }
  return (await town.act('xero', { ...deed, id: invoice.id })) !== undefined
}
