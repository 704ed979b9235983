import { Hono } from 'hono'
import type { Company } from '../company/contract.ts'
import type { Chance } from '../core/chance.ts'
import type { VirtualClock } from '../core/clock.ts'
import { controlRoutes } from '../core/control.ts'
import { createFaultBoard, type FaultBoard } from '../core/faults.ts'
import { DroppedConnection, requestPipeline } from '../core/pipeline.ts'
import { createRequestLog, type RequestLog } from '../core/request-log.ts'
import { accountingRoutes } from './api/gate.ts'
import { act } from './control/act.ts'
import { floorOf } from './control/floor.ts'
import { stateOf } from './control/state.ts'
import { createConnections } from './identity/connections.ts'
import { createGrants } from './identity/grants.ts'
import { identityRoutes } from './identity/routes.ts'
import { createIdempotencyStore } from './limits/idempotency.ts'
import { createLimiter, DAY_LIMITS } from './limits/limiter.ts'
import { Books } from './model/books.ts'
import { pageRoutes } from './page/routes.ts'
import { seedBooks } from './seed/seed.ts'
import { createXeroSwitches, type XeroSwitches } from './switches.ts'
import type { Deliver } from './webhooks/post.ts'
import { createWebhookSender } from './webhooks/sender.ts'
import type { XeroCredentials, XeroWorld } from './world.ts'

export type { XeroSwitch, XeroSwitches } from './switches.ts'
export type { XeroCredentials } from './world.ts'

export interface XeroSandboxOptions {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly company?: Company
  /** How webhooks leave; the real `fetch` by default. */
  readonly deliver?: Deliver
  /** 1,000 or 5,000 calls a day (xero.md 1.7); `core` by default. */
  readonly tier?: keyof typeof DAY_LIMITS
  /** Makes the company that the body of `POST /__sandbox/reset` asks for; without it a reset seeds the last one again. */
  readonly regenerate?: (body: unknown) => Company
}

export interface XeroSandbox {
  readonly app: Hono
  readonly control: {
    readonly switches: XeroSwitches
    readonly faults: FaultBoard
    readonly log: RequestLog
    readonly clock: VirtualClock
  }
  readonly credentials: XeroCredentials
  /** Replaces the books by those of a company; tokens, connections and the webhook subscription stay. */
  seed(company: Company): void
  /** Where the app is served: in webhook resource URLs and discovery. */
  setBaseUrl(url: string): void
}

/** Xero's Accounting API, its identity service and a person's view of it, on one Hono app (xero.md 9). */
export function createXeroSandbox(options: XeroSandboxOptions): XeroSandbox {
  const world = createWorld(options)
  let company = options.company
  const seed = (wanted: Company | undefined) => {
    company = wanted
    world.books = booksOf(world)
    world.webhooks.clear()
    if (wanted !== undefined) seedBooks(world.books, wanted)
  }
  seed(company)
  const reset = (body: unknown) => {
    seed(options.regenerate === undefined ? company : options.regenerate(body))
    world.faults.clear()
    world.log.clear()
    world.limiter = limiterOf(options)
    world.idempotency = createIdempotencyStore(world.clock)
    return { ok: true, result: stateOf(world).counts } as const
  }
  const { switches, faults, log, clock, credentials } = world
  return {
    app: createApp(world, reset),
    control: { switches, faults, log, clock },
    credentials,
    seed,
    setBaseUrl(url) {
      world.baseUrl = url.replace(/\/$/, '')
    },
  }
}

function createWorld(options: XeroSandboxOptions): XeroWorld {
  const { clock, chance } = options
  const switches = createXeroSwitches()
  const faults = createFaultBoard()
  const credentials = createCredentials(chance)
  const webhooks = createWebhookSender({
    clock,
    chance,
    switches,
    faults,
    webhookKey: credentials.webhookKey,
    tenantId: credentials.tenantId,
    deliver: options.deliver ?? ((request) => fetch(request)),
    baseUrl: () => world.baseUrl,
  })
  const world: XeroWorld = {
    clock,
    chance,
    switches,
    faults,
    log: createRequestLog(),
    credentials,
    userId: credentials.userId,
    consentedScopes: new Set(),
    webhooks,
    books: new Books({ clock, chance, switches, tenantId: credentials.tenantId }),
    grants: createGrants({ clock, chance, clientId: credentials.clientId }),
    connections: createConnections({ clock, chance }),
    limiter: limiterOf(options),
    idempotency: createIdempotencyStore(clock),
    baseUrl: 'https://api.xero.com',
  }
  return world
}

const limiterOf = ({ clock, chance, tier }: XeroSandboxOptions) =>
  createLimiter({ clock, chance, dayLimit: DAY_LIMITS[tier ?? 'core'] })

const booksOf = ({ clock, chance, switches, credentials }: XeroWorld) =>
  new Books({ clock, chance, switches, tenantId: credentials.tenantId })

function createCredentials(chance: Chance): XeroCredentials {
  const hex = () => chance.guid().replaceAll('-', '')
  return {
    clientId: hex().toUpperCase(),
    clientSecret: `sandbox-secret-${hex()}`,
    webhookKey: Buffer.from(hex() + hex()).toString('base64'),
    tenantId: chance.guid(),
    appName: 'Tandem',
    userId: chance.guid(),
  }
}

type Reset = (body: unknown) => { readonly ok: true; readonly result: unknown }

function createApp(world: XeroWorld, reset: Reset): Hono {
  const { clock, faults, log, switches } = world
  const app = new Hono()
  // Outside the pipeline, so that a slow fault keeps its place among the five in flight.
  app.use('/api.xro/*', async (_, next) => {
    const { limiter } = world
    limiter.enter()
    try {
      await next()
    } finally {
      limiter.leave()
    }
  })
  app.use('*', requestPipeline({ clock, faults, log, secretPaths: /^\/connect\// }))
  app.get('/__sandbox/floor', (c) => c.json(floorOf(world.books, new URL(c.req.url).searchParams)))
  app.route('/', pageRoutes(world))
  app.route(
    '/__sandbox',
    controlRoutes({
      clock,
      faults,
      log,
      switches,
      state: () => stateOf(world),
      floor: () => floorOf(world.books, new URLSearchParams()),
      credentials: () => world.credentials,
      reset,
      act: (body) => act(world, body),
    }),
  )
  app.route('/', identityRoutes(world))
  app.route('/', accountingRoutes(world))
  app.onError((error, c) => {
    // Asked for: an in-process caller sees what a socket would show.
    if (error instanceof DroppedConnection) throw error
    return c.text('SANDBOX: internal error', 500)
  })
  return app
}
