import { isForerunner, type Kind, looksAtLeads } from '../model/kind.ts'
import { type Link, mainPart } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { Mark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { pollCollection } from './poll.ts'
import { readFresh } from './read-fresh.ts'
import type { Thing } from './things.ts'

/**
 * A customer who is new in the CRM may be a lead of yesterday, and the conversion tells so on the lead alone: leads are
 * listed before such a customer is planned, or it would be matched, or made in Xero once more (I2). A pass that has
 * listed everything has listed them last.
 */
export async function lookAtLeads(walk: Walk, kind: Kind, things: readonly Thing[]): Promise<boolean> {
  const { settings } = walk.connection
  if (walk.mapping(kind).lead === undefined || !looksAtLeads(settings)) return false
  if (walk.request.detect !== 'marksOnly' || !things.some(({ link, main }) => link === null && main?.side === 'zoho'))
    return false
  const at = { kind, side: 'zoho', collection: 'Leads' } as const
  const cursors = await walk.lane.cursors()
  const known = cursors.find(
    ({ side, collection, feed }) => side === at.side && collection === at.collection && feed === 'modified',
  )
  await pollCollection(walk, at, known)
  return true
}

interface Routes {
  readonly byLink: Map<string, { link: Link; marks: Mark[] }>
  readonly byMain: Map<string, { main: RecordRef; marks: Mark[] }>
  linksOf(refs: readonly RecordRef[]): Promise<ReadonlyMap<string, Link>>
}

/** What a conversion has made belongs to the link of its lead: their marks are planned together, by that link. */
export async function routeConverted(walk: Walk, kind: Kind, routes: Routes): Promise<void> {
  if (walk.mapping(kind).lead === undefined || routes.byMain.size === 0) return
  for (const [key, link] of [...(await bySuccessor(walk, kind, routes)), ...(await byReference(walk, kind, routes))]) {
    const loose = routes.byMain.get(key)
    if (loose === undefined) continue
    routes.byMain.delete(key)
    const thing = routes.byLink.get(link.id) ?? { link, marks: [] }
    thing.marks.push(...loose.marks)
    routes.byLink.set(link.id, thing)
  }
}

/** By what the leads that were marked too say of themselves. */
async function bySuccessor(walk: Walk, kind: Kind, { byLink }: Routes): Promise<readonly (readonly [string, Link])[]> {
  const leads = [...byLink.values()].flatMap(({ link }) => {
    const ref = leadOf(link)
    return ref === null ? [] : [{ link, ref }]
  })
  const refs = leads.map(({ ref }) => ref)
  await readFresh(walk, refs, () => false)
  return leads.flatMap(({ link, ref }) => {
    const record = walk.cache.get(ref)?.record
    const successor = record === undefined ? null : (walk.mapping(kind).successor?.(record) ?? null)
    return successor === null ? [] : [[refKey(successor), link] as const]
  })
}

/** By the Xero contact that a customer names: conversion may carry the reference over, or a person has typed it. */
async function byReference(
  walk: Walk,
  kind: Kind,
  { byMain, linksOf }: Routes,
): Promise<readonly (readonly [string, Link])[]> {
  const mains = [...byMain.values()].flatMap(({ main }) => (main.side === 'zoho' ? [main] : []))
  await readFresh(walk, mains, () => false)
  const context = baseContext(walk, NO_ITEMS)
  const named = mains.flatMap((main) => {
    const record = walk.cache.get(main)?.record
    const reference = record === undefined ? null : walk.mapping(kind).crossReference(record, context)
    if (reference?.type !== 'partner') return []
    return [{ main, xero: { side: 'xero', collection: 'Contacts', remoteId: reference.remoteId } as const }]
  })
  const links = await linksOf(named.map(({ xero }) => xero))
  return named.flatMap(({ main, xero }) => {
    const link = links.get(refKey(xero))
    return link === undefined || leadOf(link) === null ? [] : [[refKey(main), link] as const]
  })
}

/** The lead that a link has in the CRM; null for any other link, and for one that a person keeps apart: its customer is new. */
function leadOf(link: Link): RecordRef | null {
  const part = mainPart(link, 'zoho')
  if (link.state === 'detached' || link.state === 'tombstoned') return null
  if (part === undefined || part.remoteId === null || !isForerunner(part.collection)) return null
  return { side: part.side, collection: part.collection, remoteId: part.remoteId }
}
