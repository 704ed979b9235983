import { createHash } from 'node:crypto'
import { canonicalText, type Value } from '../../model/value.ts'
import type { NewEvent } from '../contract.ts'

/** An event as stored. The hash covers a digest of the detail, so that the detail can be purged (R69, R79). */
export interface EventRow extends NewEvent {
  readonly sequence: number
  readonly detailDigest: string
  readonly hash: string
}

/** What the first event of a connection is chained to. */
export const CHAIN_START = ''

export interface ChainHead {
  readonly sequence: number
  readonly hash: string
}

export function chainEvents(head: ChainHead, events: readonly NewEvent[]): readonly EventRow[] {
  const rows: EventRow[] = []
  let { sequence, hash } = head
  for (const event of events) {
    sequence += 1
    const detailDigest = digestOf(event.detail)
    hash = hashOf(hash, sequence, { ...event, detailDigest })
    rows.push({ ...event, sequence, detailDigest, hash })
  }
  return rows
}

/** The sequence of the first event that does not continue the chain; null when all do. Purged details are not checked. */
export function firstBroken(
  head: ChainHead,
  rows: readonly (EventRow & { readonly isPurged: boolean })[],
): number | null {
  let { sequence, hash } = head
  for (const row of rows) {
    sequence += 1
    const isWhole =
      row.sequence === sequence &&
      row.hash === hashOf(hash, sequence, row) &&
      (row.isPurged || row.detailDigest === digestOf(row.detail))
    if (!isWhole) return row.sequence
    hash = row.hash
  }
  return null
}

function digestOf(detail: Value): string {
  return createHash('sha256').update(canonicalText(detail)).digest('base64url')
}

function hashOf(
  previous: string,
  sequence: number,
  event: Omit<NewEvent, 'detail'> & { detailDigest: string },
): string {
  const text = JSON.stringify([previous, sequence, event.at, event.runId, event.linkId, event.type, event.detailDigest])
  return createHash('sha256').update(text).digest('base64url')
}
