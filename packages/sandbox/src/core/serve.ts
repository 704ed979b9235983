import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface RunningSandbox {
  /** `http://localhost:<port>`, without a trailing slash. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** Puts an app on a port (0 picks a free one). Rejects with the system's error when the port is in use. */
export function serveSandbox(app: Hono, port: number): Promise<RunningSandbox> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: 'localhost' }, (address) => {
      resolve({ url: `http://localhost:${address.port}`, port: address.port, close: () => closeServer(server) })
    })
    server.on('error', reject)
  })
}

function closeServer(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if (isHttpServer(server)) server.closeAllConnections()
  })
}

function isHttpServer(server: ReturnType<typeof serve>): server is Server {
  return 'closeAllConnections' in server
}
