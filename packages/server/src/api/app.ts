import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { hookRoutes } from '../hooks/routes.ts'
import type { LocalOperations } from '../operations/operations.ts'
import { problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { requireToken } from './bearer.ts'
import { conflictRoutes } from './conflicts.ts'
import { connectionRoutes } from './connections.ts'
import { consentRoutes } from './consents.ts'
import { customerModelRoutes } from './customer-model.ts'
import { doctorRoutes } from './doctor.ts'
import { eventRoutes } from './events.ts'
import { healthRoutes } from './health.ts'
import { inboxRoutes } from './inbox.ts'
import { linkRoutes } from './link-page.ts'
import { mappingRoutes } from './mapping.ts'
import { oauthRoutes } from './oauth.ts'
import { planRoutes } from './plans.ts'
import { refuse, refuseBadInput } from './problem-json.ts'
import { runRoutes } from './runs.ts'
import { settingsRoutes } from './settings.ts'
import { syncRoutes } from './syncs.ts'

export interface AppParts {
  readonly tandem: Tandem
  readonly operations: LocalOperations
  readonly apiToken: string
}

const BODY_LIMIT_BYTES = 1024 * 1024

/** The whole HTTP face of a process: API, inbound webhooks, OAuth callbacks, record links. */
export function createApp({ tandem, operations, apiToken }: AppParts): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseBadInput })
  app.use('*', bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: (c) => refuse(c, TOO_LARGE) }))
  app.use('/v1/*', requireToken(apiToken))
  healthRoutes(app)
  connectionRoutes(app, operations)
  settingsRoutes(app, operations)
  mappingRoutes(app, operations)
  customerModelRoutes(app, operations)
  planRoutes(app, operations)
  syncRoutes(app, operations)
  runRoutes(app, operations)
  inboxRoutes(app, operations)
  conflictRoutes(app, operations)
  eventRoutes(app, operations)
  doctorRoutes(app, operations)
  consentRoutes(app, operations)
  oauthRoutes(app, operations.desk)
  linkRoutes(app, tandem)
  hookRoutes(app, tandem)
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Tandem', version: '1' } })
  app.notFound((c) => refuse(c, problem('notFound', `There is nothing at ${c.req.path}.`, 'See /openapi.json.')))
  app.onError((error, c) => {
    tandem.log.bug('http', error)
    return refuse(c, problem('bug', 'Tandem made a mistake with this request.', 'The log has the details.'))
  })
  return app
}

const TOO_LARGE = problem('badInput', 'The request is larger than 1 MB.')
