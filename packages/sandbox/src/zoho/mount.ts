import { Hono } from 'hono'
import type { Company } from '../company/contract.ts'
import { controlRoutes } from '../core/control.ts'
import { DroppedConnection, requestPipeline } from '../core/pipeline.ts'
import type { RequestLog } from '../core/request-log.ts'
import { apiServer } from './api/api-server.ts'
import { CONVERT_ROUTES } from './api/convert-routes.ts'
import { recordRoutes } from './api/record-routes.ts'
import type { Route } from './api/route.ts'
import { controlParts } from './control/parts.ts'
import { coqlRoute } from './coql/route.ts'
import type { Credits } from './limits/credits.ts'
import { countInFlight, createLoad } from './limits/in-flight.ts'
import { accountsServer, type Client } from './oauth/accounts-server.ts'
import type { Grants } from './oauth/grants.ts'
import { recordPages } from './pages/record-pages.ts'
import type { PageTokens } from './read/page-tokens.ts'
import { BIN_ROUTES } from './settings/bin-routes.ts'
import { FIELD_ROUTES } from './settings/field-routes.ts'
import { LAYOUT_ROUTES } from './settings/layout-routes.ts'
import { MODULE_ROUTES } from './settings/module-routes.ts'
import { ORG_ROUTES } from './settings/org-routes.ts'
import { PIPELINE_ROUTES } from './settings/pipeline-routes.ts'
import type { Channels } from './watch/channels.ts'
import { startNotifier } from './watch/notifier.ts'
import { watchRoutes } from './watch/watch-routes.ts'
import type { World } from './world.ts'

/** Home of the org, and a second data centre under `/dc/us` on the same port (zoho-crm.md 1.1). */
export const LOCATIONS = ['au', 'us'] as const

export function prefixOf(location: string): string {
  return location === LOCATIONS[0] ? '' : `/dc/${location}`
}

export interface MountParts {
  readonly world: World
  readonly grants: Grants
  readonly log: RequestLog
  readonly client: Client
  readonly credits: Credits
  readonly channels: Channels
  readonly tokens: PageTokens
  readonly deliver: (request: Request) => Promise<Response>
  urlOf(location: string): string
  credentials(): unknown
  seed(company: Company): void
}

/** Everything that answers requests, in one app: pipeline, control, pages, accounts servers, APIs. */
export function mountZoho(parts: MountParts): Hono {
  const { world, log } = parts
  const { clock, faults } = world
  const load = createLoad()
  const app = new Hono()
  app.use('*', countInFlight(load))
  app.use('*', requestPipeline({ clock, faults, log, secretPaths: /\/oauth\/v2\/token/ }))
  app.route('/__sandbox', controlOf(parts))
  app.route('/', recordPages(world))
  const routes = routesOf(parts)
  for (const location of LOCATIONS) {
    const prefix = prefixOf(location) || '/'
    const onRevoked = (userId: string) => endChannels(parts, userId)
    app.route(prefix, accountsServer({ ...parts, location, locations: LOCATIONS, onRevoked }))
    app.route(prefix, apiServer({ ...parts, load, location }, routes))
  }
  app.onError(internalError)
  return app
}

/** Fixed paths before `/:module`, so that they are not taken for modules. */
function routesOf(parts: MountParts): readonly Route[] {
  return [
    ...ORG_ROUTES,
    ...MODULE_ROUTES,
    ...LAYOUT_ROUTES,
    ...PIPELINE_ROUTES,
    ...FIELD_ROUTES,
    ...BIN_ROUTES,
    ...watchRoutes(parts.channels),
    coqlRoute(),
    ...CONVERT_ROUTES,
    ...recordRoutes(parts.tokens),
  ]
}

function controlOf(parts: MountParts): Hono {
  const { world, channels, tokens, credits } = parts
  const postman = startNotifier({ ...parts, baseUrl: () => parts.urlOf(LOCATIONS[0]) })
  const empty = () => {
    world.clear()
    tokens.clear()
    channels.clear()
    postman.clear()
    credits.clear()
  }
  const endAllChannels = () => endChannels(parts, world.org().users[0].id)
  return controlRoutes(controlParts({ ...parts, postman, empty, endAllChannels }))
}

/** Whether channels outlive the token that made them is a switch (zoho-crm.md 6.1). */
function endChannels(parts: MountParts, userId: string): void {
  if (parts.world.switches.is('channelsDieWithToken', 'yes')) parts.channels.removeUser(userId)
}

/** zoho-crm.md 7: writes may have been applied before an INTERNAL_ERROR. A demanded connection drop passes through. */
function internalError(error: Error): Response {
  // Asked for: an in-process caller sees what a socket would show.
  if (error instanceof DroppedConnection) throw error
  const body = { code: 'INTERNAL_ERROR', details: {}, message: 'Internal Server Error', status: 'error' }
  return Response.json(body, { status: 500 })
}
