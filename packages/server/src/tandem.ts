import type { EnginePorts, Progress } from '@tandem/sync/engine.ts'
import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { CrashPoints } from '@tandem/sync/ports/crash-point.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import type { Config } from './config.ts'
import type { DataFolder } from './folder/data-folder.ts'
import type { Gateway } from './gateway/contract.ts'
import type { ServerLog } from './log.ts'

/** The product in one process, as `compose.ts` puts it together. API, hooks, worker and CLI work on it. */
export interface Tandem {
  readonly config: Config
  readonly folder: DataFolder
  readonly log: ServerLog
  readonly clock: Clock
  readonly chance: Chance
  readonly crash: CrashPoints
  readonly store: Store
  readonly gateway: Gateway
  /** The engine's ports with this listener for its progress. */
  enginePorts(listener: (event: Progress) => void): EnginePorts
  /** A secret of ours for a purpose, derived from the master key: nothing to store, nothing to leak. */
  derive(purpose: string): string
  /** True from the moment that `close` is called: what fails now fails because of it. */
  isClosing(): boolean
  close(): Promise<void>
}
