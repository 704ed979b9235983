import { describe, expect, test } from 'vitest'
import { chunkOf, holdOf, markOf, partOf, xeroContact, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

export function reportTests(bench: Bench): void {
  const at = 1_760_000_002_000

  /** An unlinked, ambiguous account in the inbox. */
  async function heldAccount(): Promise<string> {
    await bench.lane.mark([markOf(zohoAccount('A1'))], null)
    const holds = [holdOf('ambiguousMatch', { marks: [zohoAccount('A1')] })]
    await bench.lane.recordChunk(chunkOf(bench.id('plan'), await bench.due(), { holds }))
    const [item] = await bench.store.reports.inbox(bench.connectionId)
    if (item === undefined) throw new Error('Nothing is held')
    return item.id
  }

  describe('reports and decisions', () => {
    test('only a held plan is approved, once (bug: a double click approves the next plan)', async () => {
      const { planId } = await bench.plannedCreate()
      const { reports } = bench.store
      expect(await reports.approvePlan(bench.id('none'), at)).toBe('unknownPlan')
      expect(await reports.approvePlan(planId, at)).toBe('notHeld')
      await bench.lane.setPlanState(planId, 'held')
      expect(await reports.approvePlan(planId, at)).toBe('approved')
      expect(await reports.approvePlan(planId, at)).toBe('notHeld')
      expect((await bench.lane.plan(planId))?.state).toBe('approved')
      expect(await reports.events(bench.connectionId, 1)).toMatchObject([{ type: 'planApproved' }])
    })

    test('retry plans it again as a person wish and empties the inbox (bug: the button does nothing)', async () => {
      const itemId = await heldAccount()
      expect(await bench.store.reports.resolve(bench.connectionId, itemId, { type: 'retry', at })).toBe('resolved')
      expect(await bench.due(at)).toMatchObject([{ remoteId: 'A1', reason: 'person' }])
      expect(await bench.store.reports.inbox(bench.connectionId)).toEqual([])
      expect(await bench.store.reports.resolve(bench.connectionId, itemId, { type: 'retry', at })).toBe('unknownItem')
      expect(await bench.store.reports.brokenEvent(bench.connectionId)).toBeNull()
    })

    test('a code is asked for by a mark of its own, where one is missing (bug: the button is any other retry)', async () => {
      const other = await heldAccount()
      const chooseKey = { type: 'chooseKey', at } as const
      expect(await bench.store.reports.resolve(bench.connectionId, other, chooseKey)).toBe('notPossible')
      await bench.lane.mark([markOf(zohoAccount('A2'))], null)
      const holds = [holdOf('productWithoutCode', { marks: [zohoAccount('A2')] })]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), await bench.due(), { holds }))
      const items = await bench.store.reports.inbox(bench.connectionId)
      const id = items.find((item) => item.code === 'productWithoutCode')?.id ?? ''
      expect(await bench.store.reports.resolve(bench.connectionId, id, chooseKey)).toBe('resolved')
      expect(await bench.due(at)).toMatchObject([{ remoteId: 'A2', reason: 'chooseKey' }])
    })

    test('a delete that a person agrees to is told to the plan, where one waits (bug: any item deletes)', async () => {
      const other = await heldAccount()
      const agree = { type: 'delete', at } as const
      expect(await bench.store.reports.resolve(bench.connectionId, other, agree)).toBe('notPossible')
      const linkId = bench.id('link')
      const parts = [partOf(zohoAccount('A2')), partOf(xeroContact('X2'))]
      const newLinks = [{ id: linkId, kind: 'contact', parts }] as const
      await bench.lane.mark([markOf(zohoAccount('A2'))], null)
      const holds = [holdOf('deleteNeedsConsent', { linkId, marks: [zohoAccount('A2')] })]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), await bench.due(), { newLinks, holds }))
      const items = await bench.store.reports.inbox(bench.connectionId)
      const id = items.find((item) => item.code === 'deleteNeedsConsent')?.id ?? ''
      expect(await bench.store.reports.resolve(bench.connectionId, id, agree)).toBe('resolved')
      const due = await bench.due(at)
      expect(due.map((mark) => [mark.remoteId, mark.reason])).toEqual(
        expect.arrayContaining([
          ['A2', 'delete'],
          ['X2', 'delete'],
        ]),
      )
    })

    test('link makes one link of the two and plans it (bug: the pair is matched again by name)', async () => {
      const itemId = await heldAccount()
      const resolution = { type: 'link', side: 'xero', remoteId: 'X1', at } as const
      expect(await bench.store.reports.resolve(bench.connectionId, itemId, resolution)).toBe('resolved')
      const [link] = await bench.lane.linksByRefs([xeroContact('X1')])
      expect(link).toMatchObject({ state: 'linked', kind: 'contact' })
      expect(link?.parts.map((part) => part.remoteId).sort()).toEqual(['A1', 'X1'])
      expect((await bench.due(at)).map((mark) => mark.remoteId).sort()).toEqual(['A1', 'X1'])
    })

    test('link to a record of another link is not possible (bug: I2 broken by hand)', async () => {
      const itemId = await heldAccount()
      const parts = [partOf(zohoAccount('A9')), partOf(xeroContact('X1'))]
      const newLinks = [{ id: bench.id('other'), kind: 'contact', parts }] as const
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), [], { newLinks }))
      const resolution = { type: 'link', side: 'xero', remoteId: 'X1', at } as const
      expect(await bench.store.reports.resolve(bench.connectionId, itemId, resolution)).toBe('notPossible')
      expect(await bench.store.reports.inbox(bench.connectionId)).toHaveLength(1)
    })

    test('detach keeps an unlinked record out for good (bug: the next poll creates it)', async () => {
      const itemId = await heldAccount()
      expect(await bench.store.reports.resolve(bench.connectionId, itemId, { type: 'detach', at })).toBe('resolved')
      expect(await bench.lane.linksByRefs([zohoAccount('A1')])).toMatchObject([{ state: 'detached' }])
      expect(await bench.lane.countMarks()).toBe(0)
    })

    test('a held link is reopened, half or whole (bug: a retried link stays held)', async () => {
      const linkId = bench.id('link')
      const hold = holdOf('unmappedTax', { linkId, marks: [zohoAccount('A1')] })
      await bench.lane.recordChunk(
        chunkOf(bench.id('plan'), [], {
          newLinks: [{ id: linkId, kind: 'contact', parts: [partOf(zohoAccount('A1'))] }],
          linkChanges: [{ linkId, event: 'heldForPerson', code: 'unmappedTax', addParts: [], lines: null }],
          holds: [hold],
        }),
      )
      expect(await bench.lane.linksByIds([linkId])).toMatchObject([{ state: 'held', lastCode: 'unmappedTax' }])
      const [item] = await bench.store.reports.inbox(bench.connectionId)
      await bench.store.reports.resolve(bench.connectionId, item?.id ?? '', { type: 'retry', at })
      expect(await bench.lane.linksByIds([linkId])).toMatchObject([{ state: 'pendingMatch', lastCode: null }])
    })

    test('a chosen side is told to the next plan and spent by it (bug: the choice is asked again)', async () => {
      const linkId = bench.id('link')
      const conflict = {
        linkId,
        title: 'Ada Ltd',
        field: 'name',
        base: 'a',
        zoho: 'b',
        xero: 'c',
        winner: null,
        policy: 'ask',
      } as const
      const parts = [partOf(zohoAccount('A1')), partOf(xeroContact('X1'))]
      const newLinks = [{ id: linkId, kind: 'contact', parts }] as const
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), [], { newLinks, conflicts: [conflict] }))
      const [item] = await bench.store.reports.inbox(bench.connectionId)
      const choose = { type: 'choose', side: 'xero', at } as const
      expect(await bench.store.reports.resolve(bench.connectionId, item?.id ?? '', choose)).toBe('resolved')
      expect(await bench.store.reports.inbox(bench.connectionId)).toEqual([])
      expect((await bench.due(at)).map((mark) => mark.remoteId).sort()).toEqual(['A1', 'X1'])
      expect(await bench.lane.choices([linkId])).toEqual([{ linkId, field: 'name', side: 'xero' }])
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), [], { conflicts: [{ ...conflict, winner: 'xero' }] }))
      expect(await bench.lane.choices([linkId])).toEqual([])
      expect(await bench.store.reports.inbox(bench.connectionId)).toEqual([])
    })

    test('a conflict asked again is the same item with the new values (bug: its id is gone while a person decides)', async () => {
      const linkId = bench.id('link')
      const conflict = { linkId, title: 'Ada Ltd', field: 'name', base: 'a', winner: null, policy: 'ask' } as const
      const parts = [partOf(zohoAccount('A1')), partOf(xeroContact('X1'))]
      const newLinks = [{ id: linkId, kind: 'contact', parts }] as const
      const conflicts = [{ ...conflict, zoho: 'b', xero: 'c' }]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), [], { newLinks, conflicts }))
      const [first] = await bench.store.reports.inbox(bench.connectionId)
      const again = chunkOf(bench.id('again'), [], { conflicts: [{ ...conflict, zoho: 'b', xero: 'd' }] })
      await bench.lane.recordChunk({ ...again, now: again.now + 60_000 })
      expect(await bench.store.reports.inbox(bench.connectionId)).toEqual([
        { ...first, detail: { field: 'name', base: 'a', zoho: 'b', xero: 'd', policy: 'ask' } },
      ])
    })

    test('only what is new counts as opened (bug: every run says that the old items need a person again)', async () => {
      await heldAccount()
      const { openedAt } = (await bench.store.reports.inbox(bench.connectionId))[0] ?? { openedAt: 0 }
      const linkId = bench.id('link')
      const conflict = { linkId, title: 'Ada Ltd', field: 'name', base: 'a', zoho: 'b', xero: 'c' } as const
      const parts = [partOf(zohoAccount('A7')), partOf(xeroContact('X7'))]
      const newLinks = [{ id: linkId, kind: 'contact', parts }] as const
      const conflicts = [
        { ...conflict, winner: null, policy: 'ask' },
        { ...conflict, field: 'phone', winner: 'zoho', policy: 'zoho' },
      ] as const
      const later = chunkOf(bench.id('later'), [], { newLinks, conflicts })
      await bench.lane.recordChunk({ ...later, now: openedAt + 1 })
      const { reports } = bench.store
      expect(await reports.countInbox(bench.connectionId, openedAt)).toEqual({ waiting: 2, opened: 2 })
      expect(await reports.countInbox(bench.connectionId, openedAt + 1)).toEqual({ waiting: 2, opened: 1 })
      expect(await reports.countInbox(bench.id('other'), 0)).toEqual({ waiting: 0, opened: 0 })
    })

    test('conflicts are listed newest first, open and resolved (bug: what policy overwrote is seen nowhere)', async () => {
      const [linkId, planId] = [bench.id('link'), bench.id('plan')]
      const conflict = { linkId, title: 'Ada Ltd', field: 'name', base: 'a', zoho: 'b', xero: { text: 'c' } } as const
      const parts = [partOf(zohoAccount('A1')), partOf(xeroContact('X1'))]
      const newLinks = [{ id: linkId, kind: 'contact', parts }] as const
      const decided = { ...conflict, winner: 'xero', policy: 'newest' } as const
      const asked = { ...conflict, field: 'phone', base: null, winner: null, policy: 'ask' } as const
      const earlier = chunkOf(planId, [], { newLinks, conflicts: [decided] })
      await bench.lane.recordChunk(earlier)
      await bench.lane.recordChunk({ ...chunkOf(planId, [], { conflicts: [asked] }), now: earlier.now + 1 })
      const { reports } = bench.store
      const id = expect.any(String)
      const newest = { ...asked, id, kind: 'contact', state: 'open', openedAt: earlier.now + 1 }
      const oldest = { ...decided, id, kind: 'contact', state: 'closed', openedAt: earlier.now }
      expect(await reports.conflicts(bench.connectionId, 10)).toEqual([newest, oldest])
      expect(await reports.conflicts(bench.connectionId, 1)).toEqual([newest])
      expect(await reports.conflicts(bench.id('other'), 10)).toEqual([])
    })

    test('open holds are found by code, with their records (bug: a document waits for ever for its customer)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A1')), markOf(zohoAccount('A2'))], null)
      const detail = { waitsFor: [{ system: 'zoho', collection: 'Accounts', id: 'A9' }] }
      const holds = [
        holdOf('missingParent', { marks: [zohoAccount('A1')], detail }),
        holdOf('unmappedTax', { marks: [zohoAccount('A2')] }),
      ]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), await bench.due(), { holds }))
      const waiting = { kind: 'contact', code: 'missingParent', linkId: null, detail, refs: [zohoAccount('A1')] }
      expect(await bench.lane.holdsOf(['missingParent', 'unmappedItem'])).toEqual([waiting])
      const inbox = await bench.store.reports.inbox(bench.connectionId)
      expect(inbox.find((item) => item.code === 'unmappedTax')?.refs).toEqual([zohoAccount('A2')])
    })

    test('counts add up (bug: the dashboard shows another connection)', async () => {
      await bench.plannedCreate()
      expect(await bench.store.reports.counts(bench.connectionId)).toEqual({
        links: { contact: 1 },
        marks: 1,
        inbox: 0,
      })
    })
  })
}
