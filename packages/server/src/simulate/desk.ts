import type { InboxItem, Resolution } from '@tandem/sync/store/contract.ts'
import { happens, someOf } from './streams.ts'
import { CONNECTION_ID, type World } from './world.ts'

/** What the person who looks after Tandem did. */
export interface DeskWork {
  readonly approved: number
  readonly resolved: Readonly<Record<Resolution['type'], number>>
  readonly reconnected: number
  readonly rebaselined: number
}

export interface Desk {
  /** A look at the inbox now and then, and a decision about one thing in it. */
  work(): Promise<void>
  /** Brings a paused connection back. */
  reconnect(): Promise<void>
  /** Approves what waits. */
  approve(): Promise<void>
  readonly done: DeskWork
}

export function createDesk(world: World): Desk {
  const { streams, store, clock } = world
  const { desk: chance } = streams
  const done = {
    approved: 0,
    resolved: { choose: 0, retry: 0, chooseKey: 0, delete: 0, link: 0, detach: 0 },
    reconnected: 0,
    rebaselined: 0,
  }

  async function approve(): Promise<void> {
    for (const plan of await store.reports.plans(CONNECTION_ID)) {
      if (plan.state !== 'held') continue
      const outcome = await store.reports.approvePlan(plan.id, clock.now())
      world.book.note(`desk: plan ${plan.id.slice(0, 8)} (${plan.holdCode}) ${outcome}`)
      if (outcome === 'approved') done.approved += 1
      return
    }
  }

  async function reconnect(): Promise<void> {
    const connection = await world.connection()
    if (connection.state !== 'paused') return
    if (connection.pausedCode === 'reconnectNeeded') await world.consent()
    await store.connections.setState(CONNECTION_ID, 'ready', null)
    done.reconnected += 1
    world.book.note(`desk: the connection was paused (${connection.pausedCode}) and is ready again`)
  }

  async function resolveOne(): Promise<void> {
    const item = someOf(chance, await store.reports.inbox(CONNECTION_ID))
    if (item === undefined) return
    const at = clock.now()
    const resolution: Resolution =
      item.type === 'conflict'
        ? { type: 'choose', side: chance.pick(['zoho', 'xero'] as const), at }
        : { type: mayAgree(item) ? 'delete' : answerTo(item), at }
    const outcome = await store.reports.resolve(CONNECTION_ID, item.id, resolution)
    world.book.note(`desk: ${resolution.type} of ${item.type} ${item.code} "${item.title}": ${outcome}`)
    if (outcome !== 'resolved') return
    done.resolved[resolution.type] += 1
    if (resolution.type === 'detach') for (const id of await idsOf(item)) world.apart.add(id)
    if (resolution.type === 'delete') for (const id of await idsOf(item)) world.removals.agreed.set(id, at)
  }

  function answerTo({ code }: InboxItem): 'chooseKey' | 'detach' | 'retry' {
    return code === 'productWithoutCode' ? 'chooseKey' : happens(chance, 0.05) ? 'detach' : 'retry'
  }

  /** Where deletes cross, a person says yes to half of those about which they are asked. */
  function mayAgree({ code }: InboxItem): boolean {
    const { isDeleting, isRecording } = world.scenario
    const isAsked = code === 'deleteNeedsConsent' || code === 'targetDeleted'
    return (isDeleting === true || isRecording === true) && isAsked && happens(chance, 0.5)
  }

  async function idsOf(item: InboxItem): Promise<readonly string[]> {
    const link = item.linkId === null ? undefined : await store.reports.link(item.linkId)
    const parts = (link?.parts ?? []).flatMap(({ remoteId }) => remoteId ?? [])
    const ids = [...item.refs.map((ref) => ref.remoteId), ...parts]
    // An allocation's says whose it is as well; Xero and the oracle know it by the last of it alone.
    return [...ids, ...ids.map((id) => id.split(':').at(-1) ?? id)]
  }

  /** A mapping that is saved anew is a new generation: everything is compared again. */
  async function rebaseline(): Promise<void> {
    const { settings } = await world.connection()
    await store.connections.saveSettings(CONNECTION_ID, settings, 'bump')
    done.rebaselined += 1
    world.book.note('desk: the mapping is saved anew')
  }

  return {
    done,
    approve,
    reconnect,
    async work() {
      await reconnect()
      if (happens(chance, 0.7)) await approve()
      if (happens(chance, 0.3)) await resolveOne()
      if (happens(chance, 0.02)) await rebaseline()
    },
  }
}
