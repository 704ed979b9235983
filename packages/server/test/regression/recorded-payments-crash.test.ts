import { KINDS } from '@tandem/sync/model/kind.ts'
import { afterEach, describe, expect, test } from 'vitest'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { settle } from '../../src/rig/settle.ts'
import { openCodes } from '../engine/deleting.ts'
import { bookedOn, crmPayments, type OpenInvoice, openInvoice, recording, typePayment } from '../engine/recording.ts'
import { syncedCompany } from '../engine/small-company.ts'
import { passKilledAt } from './killed-pass.ts'
import { holdWrites } from './traffic.ts'

let rig: EngineRig
afterEach(() => rig.close())

const EVERY_KIND = { scope: { kinds: KINDS, mode: 'both', since: null } } as const

async function expectEachOnce(invoice: OpenInvoice, count: number): Promise<void> {
  expect((await settle(rig, { pauseMs: 90_000, limit: 60 })).end).toBe('quiet')
  const booked = await bookedOn(rig, invoice)
  expect(booked.map((one) => one.reference.replace(/ \[T:.*/, '')).sort()).toEqual(
    Array.from({ length: count }, (_, at) => `Cheque ${at + 1}`).sort(),
  )
  expect((await crmPayments(rig, invoice)).map((one) => one.Xero_ID).sort()).toEqual(booked.map((one) => one.id).sort())
  expect(await openCodes(rig)).toEqual([])
}

const FARTHEST = 40

// Catches: money recorded twice because the process that had sent it died before it could say so (I2, I7).
describe('a payment that is typed in the CRM while the engine dies', () => {
  test('wherever it dies, Xero has it once', async () => {
    rig = await syncedCompany({ rate: 1000, settings: recording() })
    const invoice = await openInvoice(rig)
    let nth = 1
    for (; nth <= FARTHEST; nth += 1) {
      await typePayment(rig, invoice, { Paid_Amount: 1, Payment_Reference: `Cheque ${nth}` })
      if ((await passKilledAt(rig, nth, EVERY_KIND)) === 'ended') break
      // The next process takes up what this one has left, before another payment is typed.
      expect((await settle(rig, { pauseMs: 90_000, limit: 60 })).end).toBe('quiet')
    }
    expect(nth).toBeGreaterThan(10)
    expect(nth).toBeLessThan(FARTHEST)
    await expectEachOnce(invoice, nth)
  }, 240_000)

  // Catches: a second one, sent while the first was still on its way (design section 4: settles 15 minutes).
  test('its write is carried out ten minutes after everybody gave up: Xero has it once', async () => {
    rig = await syncedCompany({ rate: 1000, settings: recording() })
    const invoice = await openInvoice(rig)
    const held = holdWrites(rig, rig.xero, { method: 'PUT', path: /\/Payments/, count: 1, appliedAfterMs: 10 * 60_000 })
    await typePayment(rig, invoice, { Payment_Reference: 'Cheque 1' })
    await rig.pass()
    expect(held.heldSoFar()).toBe(1)
    await expectEachOnce(invoice, 1)
    expect(held.landed()).toBe(1)
  }, 120_000)
})
