import { Big } from 'big.js'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoAct } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { faultOn } from '../engine/fault-list.ts'
import { codesOf, invoiceOf, sale, shop, summariesOf } from '../engine/summaries.ts'
import { passKilledAt, passOfItsOwn } from './killed-pass.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** Each sale is in exactly one summary, and every summary comes to what its sales come to. */
async function expectEachOnce(sales: readonly { readonly id: string }[]): Promise<void> {
  expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
  const summaries = await summariesOf(rig)
  const members = new Map(summaries.map(({ number }) => [number, new Big(0)]))
  for (const { id } of sales) {
    const crm = await invoiceOf(rig, id)
    const sum = members.get(crm.Xero_Invoice_No)
    expect(sum, id).toBeDefined()
    members.set(crm.Xero_Invoice_No, (sum ?? new Big(0)).plus(crm.Grand_Total))
  }
  for (const { number, total } of summaries)
    expect(members.get(number)?.toFixed(2), number).toBe(new Big(total).toFixed(2))
  expect((await readStates(rig)).zoho.records.Invoices.filter(({ Xero_ID }) => Xero_ID !== '')).toHaveLength(4)
  expect(await codesOf(rig)).toEqual([])
}

const FARTHEST = 40

describe('a day that is summed up while the engine dies', () => {
  // Catches: a second summary of the same sales, or a sale that is in none, wherever the process ends (R26, I2, I7).
  test('wherever it dies, each sale is in one summary', async () => {
    rig = await shop({ rate: 1000 })
    const sales: { id: string }[] = []
    let nth = 1
    for (; nth <= FARTHEST; nth += 1) {
      for (const price of [nth, nth + 0.55]) sales.push(await sale(rig, [{ price, tax: 'GST' }]))
      const end = await passKilledAt(rig, nth)
      await passOfItsOwn(rig)
      if (end === 'ended') break
    }
    expect(nth).toBeGreaterThan(12)
    expect(nth).toBeLessThan(FARTHEST)
    await expectEachOnce(sales)
  }, 240_000)

  // Catches: the same, where Xero has made the document and nobody heard of it, or a member was changed meanwhile.
  test.each([3, 6])(
    'with the first %d answers of its create lost besides, and a sale corrected meanwhile',
    async (times) => {
      rig = await shop({ rate: 1000 })
      for (const nth of [7, 8, 9, 10]) {
        rig.xero.control.faults.add({
          ...faultOn({ name: `unheard ${nth}`, side: 'xero', effect: { type: 'dropAfter' }, times }, 'Invoices'),
        })
        const sales = [await sale(rig, [{ price: nth }]), await sale(rig, [{ price: 2 * nth }])]
        await passKilledAt(rig, nth)
        const [row] = (await invoiceOf(rig, sales[0]?.id ?? '')).Invoiced_Items
        const values = { List_Price: nth + 1 }
        await zohoAct(rig, { action: 'editRow', id: sales[0]?.id ?? '', rowId: row?.id ?? '', values })
        await passOfItsOwn(rig)
        expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
        const shown = await Promise.all(sales.map(({ id }) => invoiceOf(rig, id)))
        const [number, ...others] = [...new Set(shown.map((one) => one.Xero_Invoice_No))]
        expect(others).toEqual([])
        const summary = (await summariesOf(rig)).filter((one) => one.number === number)
        expect(summary.map(({ total }) => total)).toEqual([String(3 * nth + 1)])
      }
    },
    120_000,
  )
})

// Catches: an unanswered create that is looked for by its number alone, which a bookkeeper has changed since (I2).
test('a summary that was made unheard, and renumbered before anybody looked, is found by its address', async () => {
  rig = await shop({ rate: 1000 })
  rig.xero.control.faults.add(
    faultOn({ name: 'unheard', side: 'xero', effect: { type: 'dropAfter' }, times: 9 }, 'Invoices'),
  )
  const made = await sale(rig, [{ price: 42 }])
  await passOfItsOwn(rig)
  const [summary] = await summariesOf(rig)
  await xeroEdit(rig, { action: 'editInvoice', id: summary?.id ?? '' }, { InvoiceNumber: 'INV-7000' })
  await rig.clock.advance(90_000)
  await rig.pass({ trigger: 'recover', detect: 'marksOnly' })
  expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
  expect(await summariesOf(rig)).toEqual([])
  expect((await readStates(rig)).xero.invoices.filter(({ total }) => total === '42').map(({ id }) => id)).toEqual([
    summary?.id,
  ])
  expect((await invoiceOf(rig, made.id)).Xero_Invoice_No).toBe('INV-7000')
})

// Catches: the create of an older plan and that of a newer one both sent.
test('a plan that waits for approval while a sale is cancelled bills the others, once', async () => {
  rig = await shop({ rate: 1000 })
  const [kept, dropped] = [await sale(rig, [{ price: 10 }]), await sale(rig, [{ price: 20 }])]
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  await zohoAct(rig, { action: 'edit', module: 'Invoices', id: dropped.id, values: { Status: 'Cancelled' } })
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  expect((await settle(rig)).end).toBe('quiet')
  expect((await summariesOf(rig)).map(({ total }) => total)).toEqual(['10'])
  expect((await invoiceOf(rig, kept.id)).Xero_Invoice_No).toContain('DAY-')
})
