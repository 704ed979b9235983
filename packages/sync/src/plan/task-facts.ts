import type { LinkPart } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'

/** A task that is a part of a link. */
export interface TaskFact {
  readonly part: LinkPart
  /** As it was read; null: somebody has deleted it. */
  readonly record: RemoteRecord | null
}

/** What a link's invoice has to do with tasks (R38c). */
export interface TaskFacts {
  readonly made: readonly TaskFact[]
  /** Carries our key and is no part yet: the answer to its create was lost. */
  readonly found: RemoteRecord | null
}
