import type { Op } from '@tandem/sync/model/op.ts'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { expectCorresponds } from './corresponds.ts'

let rig: EngineRig
afterEach(() => rig.close())

const body = z.record(z.string(), z.unknown())
const rows = z.array(body)

/** One row that was planned or sent, in one spelling. */
interface Row {
  readonly side: string
  readonly collection: string
  readonly verb: string
  readonly text: string
}

// Catches: apply sending anything that the preview did not show, or leaving out what it did (design section 1).
test.each([1, 4])('the approved plan of company %i is what reached both sides, row for row', async (seed) => {
  rig = await createEngineRig({ rate: 400, profile: { contacts: 60, items: 20, invoices: 40, seed } })
  forgetRequests(rig)
  const planned = await rig.pass({ until: 'plan' })
  if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
  expect(writesSeen(rig)).toEqual([])
  const ops = await rig.store.reports.planOps(planned.planId)
  expect(ops.length).toBeGreaterThan(100)
  forgetRequests(rig)
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  const synced = await rig.pass({ approvedPlanId: planned.planId })
  expect(synced).toMatchObject({ type: 'done', report: { refused: 0, dropped: 0 } })
  const spelled = await speller(rig)
  const wanted = ops.map((op) => spelled(rowOfOp(op))).sort()
  const sent = rowsSent(rig).map(spelled).sort()
  expect(sent).toEqual(wanted)
  const after = await rig.store.reports.planOps(planned.planId)
  expect(after.map((op) => op.state).filter((state) => state !== 'confirmed')).toEqual([])
  await expectCorresponds(rig)
})

function rowOfOp(op: Op): Row {
  const id = op.remoteId === null ? {} : { [idKey(op.side, op.collection)]: op.remoteId }
  return { side: op.side, collection: op.collection, verb: op.verb, text: plain({ ...id, ...op.payload }) }
}

function idKey(side: string, collection: string): string {
  if (side === 'zoho') return 'id'
  return { Contacts: 'ContactID', Items: 'ItemID' }[collection] ?? 'InvoiceID'
}

function rowsSent(of: EngineRig): readonly Row[] {
  return writesSeen(of).flatMap((write) => {
    const collection = write.path.split('/').at(-1) ?? ''
    const sent = body.parse(JSON.parse(write.body))
    const list = rows.parse(write.side === 'zoho' ? sent.data : sent[collection])
    const verb = (write.side === 'zoho' ? write.method === 'POST' : write.method === 'PUT') ? 'create' : 'update'
    return list.map((row) => ({ side: write.side, collection, verb, text: plain(row) }))
  })
}

/** Keys in order, numbers as they read; the instant of sending is the one thing that no plan can know. */
function plain(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'Xero_Last_Synced') return 'when it was sent'
    if (typeof part === 'number') return String(part)
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    if ('$decimal' in part && typeof part.$decimal === 'string') return String(Number(part.$decimal))
    return Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}

/** References to records that did not exist yet become what the remotes assigned. */
async function speller(of: EngineRig): Promise<(row: Row) => string> {
  const links = new Map<string, string>()
  for (const plan of await of.store.reports.plans(of.connectionId)) {
    for (const op of await of.store.reports.planOps(plan.id)) {
      const link = await of.store.reports.link(op.linkId)
      for (const part of link?.parts ?? [])
        if (part.role === 'main' && part.remoteId !== null) links.set(`@link:${op.linkId}.${part.side}`, part.remoteId)
    }
  }
  return ({ side, collection, verb, text }) =>
    `${side} ${collection} ${verb} ${text.replace(/@link:[0-9A-Za-z_-]+\.(?:zoho|xero)/g, (name) => links.get(name) ?? name)}`
}
