import { KINDS } from '@tandem/sync/model/kind.ts'
import { afterEach, expect, test } from 'vitest'
import { xeroAct, xeroCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'
import { allocate, allocationsOf, creditCompany, crmPayments, openInvoice, withCredits } from '../engine/credits.ts'
import { passKilledAt, passOfItsOwn } from './killed-pass.ts'

let rig: EngineRig
afterEach(() => rig.close())

const EVERY_KIND = { scope: { kinds: KINDS, mode: 'both', since: null } } as const
const FARTHEST = 60

// Catches: an invoice whose mark is gone before what it told of is marked: nothing else tells of an allocation (I7).
test('money paid ahead, taken back and put there anew while the engine dies: the CRM shows it, wherever it dies', async () => {
  rig = await creditCompany(withCredits, { rate: 1000 })
  const invoice = await openInvoice(rig)
  const Contact = { ContactID: invoice.contactId }
  const LineItems = [{ Description: 'Work', Quantity: 1, UnitAmount: 10, TaxType: 'OUTPUT', AccountCode: '200' }]
  const ahead = await xeroCreate(rig, 'createPrepayment', { Contact, Date: '2026-11-17', LineItems })
  await allocate(rig, ahead, invoice, '5.00')
  expect((await settle(rig)).end).toBe('quiet')
  let nth = 1
  for (; nth <= FARTHEST; nth += 1) {
    const [before = ''] = await allocationsOf(rig, ahead.id)
    await xeroAct(rig, { action: 'removeAllocation', id: before })
    await allocate(rig, ahead, invoice, '5.00')
    // A later row carries the cursor past it: no overlap lists it again.
    await rig.clock.advance(300_000)
    await xeroCreate(rig, 'createInvoice', { Type: 'ACCREC', Contact, LineItems })
    const end = await passKilledAt(rig, nth, EVERY_KIND)
    await passOfItsOwn(rig)
    expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
    const [now = ''] = await allocationsOf(rig, ahead.id)
    const applied = (await crmPayments(rig)).filter((one) => one.Payment_Status === 'Applied')
    expect(applied.map((one) => one.Xero_ID.split(':').at(-1))).toEqual([now])
    if (end === 'ended') break
  }
  expect(nth).toBeGreaterThan(5)
  expect(nth).toBeLessThan(FARTHEST)
}, 240_000)
