import { createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { errnoOf } from '../folder/data-folder.ts'
import { type Answer, answer, problem } from '../problem.ts'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Puts the app on a port; a port in use is a problem that says what to do. Only this machine reaches `localhost`. */
export function listen(app: OpenAPIHono, host: string, port: number): Promise<Answer<Listening>> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve(answer({ port: address.port, close: () => close(server) }))
    })
    server.on('error', (error) => resolve(cannotListen(error, host, port)))
  })
}

function cannotListen(error: unknown, host: string, port: number) {
  switch (errnoOf(error)) {
    case 'EADDRINUSE':
      return problem(
        'portInUse',
        `Port ${port} is in use by another program.`,
        'End that program, or choose another port with PORT (and PUBLIC_URL and the redirect URIs with it).',
      )
    case 'EACCES':
      return problem('portInUse', `This user may not listen on port ${port}.`, 'Choose a port above 1023 with PORT.')
    default:
      return problem('badConfiguration', `Nothing can listen on ${host}:${port}.`, 'Check TANDEM_HOST and PORT.')
  }
}

function close(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}

const TRIES = 50

/** The first free port from here on. */
export async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + TRIES; port += 1) if (await isFree(port)) return port
  return 0
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)))
  })
}
