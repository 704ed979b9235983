import type { Collection, Kind } from './kind.ts'
import type { LinkState } from './link-state.ts'
import type { Side } from './side.ts'
import type { Value } from './value.ts'

/** One thing kept in step (design section 3). */
export interface Link {
  readonly id: string
  readonly kind: Kind
  readonly state: LinkState
  /** The mapping generation its shadows belong to; an older one means "re-baseline", not "changed". */
  readonly generation: number
  readonly attempts: number
  /** Epoch milliseconds; null when nothing waits. */
  readonly nextAttemptAt: number | null
  readonly lastCode: string | null
  /** Pairs of Zoho row id and Xero line id, in Xero's order. */
  readonly lines: readonly LinePair[]
  readonly parts: readonly LinkPart[]
}

export interface LinePair {
  readonly zohoRowId: string
  readonly xeroLineId: string
}

/**
 * `main`: the record itself. `person`: a Zoho Contact of a company. `primary`: the person whose name and e-mail are the
 * Xero contact's own. `deal`: a Zoho deal that this invoice bills, for ever: no second one is made of it (R37).
 * `member`: one of the CRM invoices that a daily summary holds, for ever: it goes into no second one (R26).
 * `task`: one that we made for whoever owns the invoice, for ever: what it was made for is done, also if it is deleted (R38c).
 */
export type PartRole = 'main' | 'primary' | 'person' | 'deal' | 'member' | 'task'

export interface LinkPart {
  readonly side: Side
  readonly collection: Collection
  readonly role: PartRole
  /** null until created. */
  readonly remoteId: string | null
  /** Non-null only if every mapped field of that version was compared (VERSION RULE, I16). */
  readonly version: string | null
  readonly shadow: Shadow
}

/** Per mapped field the last value known to correspond, in that side's canonical form. */
export type Shadow = Readonly<Record<string, ShadowField>>

export interface ShadowField {
  /** Keyed fingerprint of the canonical text; stays when the clear value is purged (R79). */
  readonly print: string
  /** The clear value; null after purge. Absent and null are told apart by `isPurged`. */
  readonly value: Value
  readonly isPurged: boolean
  /** Until the next advance: what an op without an answer may have made of it. */
  readonly doubt?: Doubt
}

/** `written`: what the op sent to this side; found there, nobody but us has typed it. `source`: what the other side said then. */
export interface Doubt {
  readonly role: 'written' | 'source'
  readonly print: string
  readonly value: Value
}

export function mainPart(link: Link, side: Side): LinkPart | undefined {
  return link.parts.find((part) => part.side === side && part.role === 'main')
}

/** Deals that this link's invoice bills. */
export function dealParts(link: Link): readonly (LinkPart & { readonly remoteId: string })[] {
  return link.parts.flatMap((part) =>
    part.role === 'deal' && part.remoteId !== null ? [{ ...part, remoteId: part.remoteId }] : [],
  )
}

/** The CRM invoices that this link sums up: it has members, or a main record in the CRM, never both. */
export function memberParts(link: Link): readonly (LinkPart & { readonly remoteId: string })[] {
  return link.parts.flatMap((part) =>
    part.role === 'member' && part.remoteId !== null ? [{ ...part, remoteId: part.remoteId }] : [],
  )
}

/** Tasks that were made about this link's invoice. */
export function taskParts(link: Link): readonly (LinkPart & { readonly remoteId: string })[] {
  return link.parts.flatMap((part) =>
    part.role === 'task' && part.remoteId !== null ? [{ ...part, remoteId: part.remoteId }] : [],
  )
}

/** A link names its partner on this side before it exists as `@link:<id>.<side>` (design section 1). */
export function linkReference(linkId: string, side: Side): string {
  return `@link:${linkId}.${side}`
}

const LINK_REFERENCE = /^@link:(.+)\.(zoho|xero)$/

export function parseLinkReference(text: string): { readonly linkId: string; readonly side: Side } | undefined {
  const found = LINK_REFERENCE.exec(text)
  if (found === null) return undefined
  const [, linkId, side] = found
  if (linkId === undefined || (side !== 'zoho' && side !== 'xero')) return undefined
  return { linkId, side }
}

/** A value that the remote will choose: ids, automatic numbers. Plans are equal modulo these. */
export const ASSIGNED = '@assigned'
