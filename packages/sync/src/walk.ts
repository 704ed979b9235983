import type { FreshCache } from './detect/fresh-cache.ts'
import type { EnginePorts, PassRequest, Progress, Remotes } from './engine.ts'
import type { KindMapping } from './mapping/contract.ts'
import type { Code } from './model/codes.ts'
import { type Collection, KINDS, type Kind } from './model/kind.ts'
import type { ReferenceData } from './model/reference.ts'
import type { Side } from './model/side.ts'
import type { Tally } from './record/tally.ts'
import type { Remote } from './remotes/contract.ts'
import type { Connection, Lane } from './store/contract.ts'

/** One pass under way: what every step of the road needs. Made by `runPass`, never stored. */
export interface Walk {
  readonly ports: EnginePorts
  readonly request: PassRequest
  readonly runId: string
  readonly connection: Connection
  readonly reference: ReferenceData
  readonly lane: Lane
  readonly remotes: Remotes
  readonly cache: FreshCache
  readonly tally: Tally
  /** Keyed fingerprint of this connection. */
  readonly fingerprint: (text: string) => string
  mapping(kind: Kind): KindMapping
}

/** A step that could not go on for now: the marks stay, the pass ends interrupted or stopped. */
export class WalkStopped extends Error {
  readonly stop: WalkStop
  constructor(stop: WalkStop) {
    super(stop.message)
    this.name = 'WalkStopped'
    this.stop = stop
  }
}

export type WalkStop =
  | { readonly type: 'interrupted'; readonly code: Code; readonly message: string; readonly retryAfterMs: number }
  | { readonly type: 'broken'; readonly code: Code; readonly message: string }

export function remoteOf(walk: Walk, side: Side): Remote {
  return side === 'zoho' ? walk.remotes.zoho : walk.remotes.xero
}

export function report(walk: Walk, event: Progress): void {
  walk.ports.progress(event)
}

/** Kinds of this pass that are switched on, parents first. */
export function kindsOf(walk: Walk): readonly Kind[] {
  const wanted = new Set(walk.request.scope.kinds)
  return KINDS.filter((kind) => wanted.has(kind) && walk.connection.settings.kinds[kind].isOn)
}

export interface CollectionOf {
  readonly kind: Kind
  readonly side: Side
  readonly collection: Collection
}
