import type { Hono } from 'hono'
import type { Company } from '../company/contract.ts'
import type { Chance } from '../core/chance.ts'
import type { VirtualClock } from '../core/clock.ts'
import { createFaultBoard, type FaultBoard } from '../core/faults.ts'
import { createRequestLog, type RequestLog } from '../core/request-log.ts'
import { createCredits } from './limits/credits.ts'
import { LOCATIONS, mountZoho, prefixOf } from './mount.ts'
import type { Client } from './oauth/accounts-server.ts'
import { createGrants, type Grants } from './oauth/grants.ts'
import { createPageTokens } from './read/page-tokens.ts'
import { seedCompany } from './seed/company.ts'
import { createZohoSwitches, type ZohoSwitches } from './switch-list.ts'
import { createChannels } from './watch/channels.ts'
import { createWorld, type World } from './world.ts'

export interface ZohoSandboxOptions {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly company?: Company
  /** The real fetch by default; callbacks to `notify_url` go through it. */
  readonly deliver?: (request: Request) => Promise<Response>
  /** Consent is given without a page; the same as the switch `consent: auto`. */
  readonly autoConsent?: boolean
}

export interface ZohoCredentials extends Client {
  /** Belongs to the integration user and every scope, as a self client's grant would. */
  readonly refreshToken: string
  readonly users: readonly { readonly id: string; readonly name: string; readonly role: string }[]
  readonly zgid: string
}

export interface ZohoSandbox {
  readonly app: Hono
  readonly control: {
    readonly switches: ZohoSwitches
    readonly faults: FaultBoard
    readonly log: RequestLog
    readonly clock: VirtualClock
  }
  readonly credentials: ZohoCredentials
  /** Adds a company to what is there; `POST /__sandbox/reset` empties first. */
  seed(company: Company): void
  setBaseUrl(url: string): void
}

const DEFAULT_BASE_URL = 'http://localhost:4010'
const ALL_SCOPES = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.org.ALL',
  'ZohoCRM.users.ALL',
  'ZohoCRM.coql.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoSearch.securesearch.READ',
]

/** A Zoho CRM org with its accounts server, API, callbacks, control routes and pages, on one port or none. */
export function createZohoSandbox(options: ZohoSandboxOptions): ZohoSandbox {
  const { clock, chance } = options
  const switches = createZohoSwitches()
  if (options.autoConsent === true) switches.set('consent', 'auto')
  const faults = createFaultBoard()
  const log = createRequestLog()
  const world = createWorld({ clock, chance, switches, faults })
  const grants = createGrants(clock, chance)
  let baseUrl = DEFAULT_BASE_URL
  const credentials = createCredentials(world, grants, chance)
  const seed = (company: Company) => seedCompany(world, company)
  if (options.company !== undefined) seed(options.company)
  const app = mountZoho({
    world,
    grants,
    log,
    client: CLIENT,
    credits: createCredits(clock, switches),
    channels: createChannels(clock),
    tokens: createPageTokens(clock, chance),
    deliver: options.deliver ?? ((request) => fetch(request)),
    urlOf: (location) => `${baseUrl}${prefixOf(location)}`,
    credentials,
    seed,
  })
  return {
    app,
    control: { switches, faults, log, clock },
    get credentials() {
      return credentials()
    },
    seed,
    setBaseUrl(url) {
      baseUrl = url.replace(/\/$/, '')
    },
  }
}

const CLIENT: Client = {
  clientId: '1000.SANDBOXCLIENT00000000000000000001',
  clientSecret: 'sandbox-zoho-client-secret',
  redirectUris: ['https://app.example.com/oauth/zoho/callback'],
}

/** The self-client grant is made when somebody first asks, so that it does not count among a user's 20 for nothing. */
function createCredentials(world: World, grants: Grants, chance: Chance): () => ZohoCredentials {
  let refreshToken: string | undefined
  return () => {
    refreshToken ??= selfClientGrant(world, grants) ?? chance.guid()
    const { users, zgid } = world.org()
    const shown = users.map((user) => ({ id: user.id, name: `${user.firstName} ${user.lastName}`, role: user.role }))
    return { ...CLIENT, refreshToken, users: shown, zgid }
  }
}

function selfClientGrant(world: World, grants: Grants): string | undefined {
  return grants.grant({
    clientId: CLIENT.clientId,
    userId: world.org().users[0].id,
    scopes: ALL_SCOPES,
    redirectUri: '',
    location: LOCATIONS[0],
    wantsRefresh: true,
    challenge: undefined,
  }).refreshToken
}
