import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'

export interface ThrowawayPostgres {
  readonly url: string
  stop(): Promise<void>
}

const ROOT = '/usr/lib/postgresql'

/** The newest server installed here; undefined when there is none. */
export function serverBinaries(): string | undefined {
  if (!fs.existsSync(ROOT)) return undefined
  const versions = fs.readdirSync(ROOT).sort((left, right) => Number(right) - Number(left))
  return versions
    .map((version) => path.join(ROOT, version, 'bin'))
    .find((bin) => fs.existsSync(path.join(bin, 'initdb')))
}

/** A cluster of our own in a temporary folder on a free port, gone afterwards. */
export async function startPostgres(binaries: string): Promise<ThrowawayPostgres> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-postgres-'))
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined
  if (account !== undefined) fs.chownSync(folder, account.uid, account.gid)
  const data = path.join(folder, 'data')
  const quiet = { ...account, stdio: 'ignore', cwd: folder } as const
  execFileSync(path.join(binaries, 'initdb'), ['-D', data, '-U', 'tandem', '-A', 'trust', '-E', 'UTF8'], quiet)
  const port = await freePort()
  const settings = ['-p', String(port), '-k', folder, '-h', '127.0.0.1', '-c', 'fsync=off']
  const server = spawn(path.join(binaries, 'postgres'), ['-D', data, ...settings], quiet)
  const url = `postgres://tandem@127.0.0.1:${port}/postgres`
  await untilReady(url)
  return {
    url,
    stop: async () => {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGQUIT')
      await gone
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root. */
function accountOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)))
    })
  })
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
