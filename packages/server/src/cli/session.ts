import { compose } from '../compose.ts'
import { type Config, loadEnvironmentFile, readConfig } from '../config.ts'
import { type DataFolder, openDataFolder, readApiToken } from '../folder/data-folder.ts'
import { findServer } from '../folder/server-file.ts'
import type { Operations } from '../operations/contract.ts'
import { createOperations, type LocalOperations } from '../operations/operations.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { remoteOperations } from './remote.ts'

/** How a command reaches the operations: in this process, or through the server that owns the database. */
export type Session =
  | { readonly type: 'remote'; readonly config: Config; readonly operations: Operations; close(): Promise<void> }
  | {
      readonly type: 'local'
      readonly config: Config
      readonly operations: LocalOperations
      readonly tandem: Tandem
      close(): Promise<void>
    }

export interface Place {
  readonly config: Config
  readonly folder: DataFolder
}

/** Configuration and data folder, which every command needs. */
export async function findPlace(): Promise<Answer<Place>> {
  loadEnvironmentFile()
  const config = readConfig(process.env)
  if (config.type === 'problem') return config
  const folder = await openDataFolder(config.value.dataDir)
  return folder.type === 'ok' ? answer({ config: config.value, folder: folder.value }) : folder
}

export async function openSession(): Promise<Answer<Session>> {
  const place = await findPlace()
  if (place.type === 'problem') return place
  const { config, folder } = place.value
  const server = await findServer(folder)
  if (server !== undefined) {
    const operations = remoteOperations(server.url, await readApiToken(folder))
    return answer({ type: 'remote', config, operations, close: async () => undefined })
  }
  const tandem = await compose(config, folder)
  if (tandem.type === 'problem') return tandem
  const operations = createOperations(tandem.value)
  return answer({ type: 'local', config, operations, tandem: tandem.value, close: () => tandem.value.close() })
}
