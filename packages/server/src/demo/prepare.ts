import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DataFolderInUse } from '@tandem/sync/store/embedded/errors.ts'
import { lockFolder } from '@tandem/sync/store/embedded/folder-lock.ts'
import { type Config, readConfig } from '../config.ts'
import { type DataFolder, openDataFolder } from '../folder/data-folder.ts'
import { findServer } from '../folder/server-file.ts'
import { type Answer, answer, problem } from '../problem.ts'
import { freePort } from '../process/listen.ts'
import { type Sandboxes, sandboxEnvironment } from '../sandboxes/sandboxes.ts'

export interface DemoPlace {
  readonly config: Config
  readonly folder: DataFolder
}

const DEMO_PORT = 4000

/** A data folder of its own, empty, and a configuration that knows only the sandboxes: a demo never touches real accounts. */
export async function prepareDemo(sandboxes: Sandboxes, folderName: string): Promise<Answer<DemoPlace>> {
  const path = resolve(folderName)
  const emptied = await emptyFolder(path)
  if (emptied.type === 'problem') return emptied
  const port = await choosePort()
  const config = readConfig({
    ...sandboxEnvironment(sandboxes),
    TANDEM_DATA_DIR: path,
    TANDEM_LOG: process.env.TANDEM_LOG,
    TANDEM_LANG: process.env.TANDEM_LANG,
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
  })
  return config.type === 'ok' ? answer({ config: config.value, folder: emptied.value }) : config
}

async function choosePort(): Promise<number> {
  const named = Number(process.env.PORT)
  return Number.isInteger(named) && named > 0 ? named : freePort(DEMO_PORT)
}

async function emptyFolder(path: string): Promise<Answer<DataFolder>> {
  const before = await openDataFolder(path)
  if (before.type === 'problem') return before
  const running = await findServer(before.value)
  if (running !== undefined) return runsAlready(`at ${running.url}`)
  try {
    lockFolder(join(path, 'database.lock'), path).release()
  } catch (error) {
    if (error instanceof DataFolderInUse) return runsAlready(`as process ${error.pid}`)
    throw error
  }
  await rm(path, { recursive: true, force: true })
  return openDataFolder(path)
}

function runsAlready(where: string) {
  return problem(
    'dataFolderInUse',
    `A demo runs already, ${where}.`,
    'Stop it with Ctrl-C first, or name another --data-dir.',
  )
}
