import { createHash } from 'node:crypto'
import type { EnginePorts, Progress } from '@tandem/sync/engine.ts'
import { noCrash } from '@tandem/sync/ports/crash-point.ts'
import { silentLog } from '@tandem/sync/ports/log.ts'
import type { RemoteOpener } from './remotes.ts'

export interface PortParts extends Pick<EnginePorts, 'clock' | 'chance' | 'store'> {
  readonly opener: RemoteOpener
  progress?(event: Progress): void
}

/** The engine's ports around a store and connectors: hashes without a key, so that a seed replays. */
export function enginePorts({ opener, progress = () => undefined, ...parts }: PortParts): EnginePorts {
  return {
    ...parts,
    log: silentLog,
    openRemotes: async (connection) => opener(connection.settings, connection.reference ?? undefined),
    fingerprint: () => (text) => digest(text).toString('base64url').slice(0, 22),
    linkId: (text) => digest(text).toString('hex').slice(0, 32),
    crash: noCrash,
    progress,
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
