import { describe, expect, it } from 'vitest'
import { type Counts, floorOf, NOTHING } from './floor.ts'

const FULL: Counts = { contacts: 10_000, persons: 0, items: 2_000, invoices: 20_000 }

describe('floorOf', () => {
  // Bug it would catch: rounding the sum of all kinds up instead of each kind, which is a call too few per kind.
  it('rounds up kind by kind', () => {
    const one: Counts = { contacts: 1, persons: 1, items: 1, invoices: 1 }
    const floor = floorOf({ reads: { xero: 9, zoho: 5 }, creates: { xero: one, zoho: NOTHING }, writeBacks: NOTHING })
    expect(floor.xero).toEqual({
      reads: 9,
      creates: 3,
      writeBacks: 0,
      readBacks: 0,
      approvalPoll: 3,
      echo: 3,
      total: 18,
    })
  })

  // Bug it would catch: batch or page sizes of the two systems swapped (50 and 100, 1,000 and 200).
  it('gives the figures of design section 10 for the full job to Xero', () => {
    const floor = floorOf({
      reads: { xero: 37, zoho: 0 },
      creates: { xero: FULL, zoho: NOTHING },
      writeBacks: FULL,
    })
    expect(floor.xero.creates).toBe(640)
    expect(floor.xero.echo).toBe(31)
    expect(floor.xero.reads + floor.xero.creates + floor.xero.echo).toBe(708)
    expect(floor.zoho.writeBacks).toBe(320)
    expect(floor.zoho.echo).toBe(160)
  })

  // Bug it would catch: counting the read-back of documents that were only given their Xero id, which hides 20,000 GETs.
  it('reads back the documents created in Zoho, and no others', () => {
    const reads = { xero: 0, zoho: 0 }
    const toXero = floorOf({ reads, creates: { xero: FULL, zoho: NOTHING }, writeBacks: FULL })
    const toZoho = floorOf({ reads, creates: { xero: NOTHING, zoho: FULL }, writeBacks: NOTHING })
    expect(toXero.zoho.readBacks).toBe(0)
    expect(toZoho.zoho.readBacks).toBe(20_000)
  })

  // Bug it would catch: an echo list in the floor of a job that wrote nothing to that side, which would excuse a wasted poll.
  it('has no echo where nothing was written', () => {
    const floor = floorOf({
      reads: { xero: 0, zoho: 0 },
      creates: { xero: NOTHING, zoho: NOTHING },
      writeBacks: FULL,
    })
    expect(floor.xero.echo).toBe(0)
    expect(floor.xero.total).toBe(3)
  })
})
