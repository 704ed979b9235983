import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'
import { billsOf, crmInvoicesOf, dealCompany, dealOf, inboxCodes, moveTo, newDeal, OPEN, WON } from '../engine/deals.ts'
import { faultOn } from '../engine/fault-list.ts'
import { passKilledAt, passOfItsOwn } from './killed-pass.ts'

let rig: EngineRig
afterEach(() => rig.close())

type Place = Awaited<ReturnType<typeof dealCompany>>

async function opened(options: Parameters<typeof dealCompany>[0] = {}): Promise<Place> {
  const place = await dealCompany({ rate: 1000, ...options })
  rig = place.rig
  return place
}

const pass = () => passOfItsOwn(rig)

async function toggle(place: Place, dealId: string): Promise<void> {
  await moveTo(place, dealId, OPEN)
  await pass()
  await moveTo(place, dealId, WON)
  await pass()
}

async function expectOneBillEach(deals: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
  expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
  for (const deal of deals) {
    const [bill, ...others] = await billsOf(rig, deal)
    expect(others, deal.name).toEqual([])
    expect(bill?.status, deal.name).toBe('DRAFT')
    const crm = (await crmInvoicesOf(rig, deal.id)).map((one) => one.Xero_ID)
    expect(crm, deal.name).toEqual([bill?.id])
    const shown = { Xero_Invoice_ID: bill?.id, Xero_Invoice_No: bill?.number }
    expect(await dealOf(rig, deal.id), deal.name).toMatchObject(shown)
  }
  expect(await inboxCodes(rig)).toEqual([])
}

const FARTHEST = 40

// Catches: a deal billed twice because its stage went to and fro while nobody was there to remember (R37, I2, I7).
describe('a deal that is won, opened and won again, three times, while the engine dies', () => {
  test('wherever it dies, there is one invoice, in both systems, and the deal shows it', async () => {
    const place = await opened()
    const deals: { id: string; name: string }[] = []
    let nth = 1
    for (; nth <= FARTHEST; nth += 1) {
      const name = `Killed at ${nth}`
      const deal = await newDeal(place, { Deal_Name: name, Stage: WON, Amount: 100 + nth })
      const end = await passKilledAt(rig, nth)
      await toggle(place, deal.id)
      await toggle(place, deal.id)
      deals.push({ id: deal.id, name })
      if (end === 'ended') break
    }
    expect(nth).toBeGreaterThan(20)
    expect(nth).toBeLessThan(FARTHEST)
    await expectOneBillEach(deals)
  }, 240_000)

  // Catches: the same, where Xero has made the invoice and nobody heard of it: made again under another key.
  test.each([3, 4, 6])(
    'with the first %d answers of its create lost besides',
    async (times) => {
      const place = await opened()
      // Before and after the dispatch, and around what was heard of it.
      for (const nth of [7, 8, 9, 10]) {
        const name = `Unheard ${nth}`
        rig.xero.control.faults.add({
          ...faultOn({ name, side: 'xero', effect: { type: 'dropAfter' }, times }, 'Invoices'),
        })
        const deal = await newDeal(place, { Deal_Name: name, Stage: WON, Amount: 100 + nth })
        await passKilledAt(rig, nth)
        await toggle(place, deal.id)
        await toggle(place, deal.id)
        await expectOneBillEach([{ id: deal.id, name }])
      }
      expect(await inboxCodes(rig)).toEqual([])
    },
    120_000,
  )
})

// Catches: an unanswered create that is looked for by its number alone, which a bookkeeper has changed since (I2).
test('an invoice that was made unheard, and renumbered before anybody looked, is found by its address', async () => {
  const place = await opened()
  const name = 'Renumbered'
  rig.xero.control.faults.add(faultOn({ name, side: 'xero', effect: { type: 'dropAfter' }, times: 9 }, 'Invoices'))
  const deal = await newDeal(place, { Deal_Name: name, Stage: WON })
  await pass()
  const [bill, ...others] = await billsOf(rig, { id: deal.id, name })
  expect(others).toEqual([])
  await xeroEdit(rig, { action: 'editInvoice', id: bill?.id ?? '' }, { InvoiceNumber: 'INV-7000' })
  await rig.clock.advance(90_000)
  // The look of every minute, which lists nothing: only what it asks for can be found.
  await rig.pass({ trigger: 'recover', detect: 'marksOnly' })
  await expectOneBillEach([{ id: deal.id, name }])
})

// Catches: the create of an older plan and that of a newer one both sent.
test('a plan that waits for approval while the deal goes to and fro bills it once', async () => {
  const place = await opened()
  const name = 'Approved late'
  const deal = await newDeal(place, { Deal_Name: name, Stage: WON })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  await moveTo(place, deal.id, OPEN)
  await pass()
  await moveTo(place, deal.id, WON)
  await pass()
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  await expectOneBillEach([{ id: deal.id, name }])
})

// Catches: an approved plan that bills a deal which is won no more.
test('a deal that is lost before its plan is approved is not billed', async () => {
  const place = await opened()
  const name = 'Lost in time'
  const deal = await newDeal(place, { Deal_Name: name, Stage: WON })
  await rig.clock.advance(20_000)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  await moveTo(place, deal.id, 'Closed Lost')
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  await rig.pass({ approvedPlanId: planned.planId })
  expect((await settle(rig)).end).toBe('quiet')
  expect(await billsOf(rig, { id: deal.id, name })).toEqual([])
})
