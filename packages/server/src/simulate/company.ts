import { type Company, generateCompany, type VirtualClock } from '@tandem/sandbox'
import { createXeroSandbox, type XeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { createZohoSandbox, type ZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from '../rig/origins.ts'
import type { EventClock } from './event-clock.ts'
import type { Scenario } from './scenario.ts'
import type { Streams } from './streams.ts'

/** The business of one seed, as both vendors hold it, each on a clock of its own. */
export interface SimulatedCompany {
  readonly company: Company
  readonly zoho: ZohoSandbox
  readonly xero: XeroSandbox
}

export interface Mail {
  zoho(request: Request): Promise<Response>
  xero(request: Request): Promise<Response>
}

interface CompanyParts {
  readonly clock: EventClock
  readonly streams: Streams
  readonly scenario: Scenario
  readonly mail: Mail
}

export const TODAY = '2026-11-20'
/** The two vendors' clocks and ours are up to this far apart. */
export const SKEW_LIMIT_MS = 10 * 60_000

export function simulateCompany({ clock, streams, scenario, mail }: CompanyParts): SimulatedCompany {
  const { size } = scenario
  const company = generateCompany({
    seed: streams.company.int(1, 2 ** 30),
    contacts: size.contacts,
    items: size.items,
    invoices: size.invoices,
    shape: scenario.shape ?? streams.company.pick(['mixed', 'zohoOnly', 'xeroOnly', 'bothEqual']),
    today: TODAY,
  })
  const skew = () => (scenario.isSkewed ? streams.clock.int(-SKEW_LIMIT_MS, SKEW_LIMIT_MS) : 0)
  const zoho = createZohoSandbox({
    clock: skewed(clock, skew()),
    chance: streams.zoho,
    company,
    autoConsent: true,
    deliver: mail.zoho,
  })
  const xero = createXeroSandbox({ clock: skewed(clock, skew()), chance: streams.xero, company, deliver: mail.xero })
  zoho.setBaseUrl(ZOHO_ORIGIN)
  xero.setBaseUrl(XERO_ORIGIN)
  for (const [name, value] of Object.entries(scenario.zohoSwitches)) turn(zoho.control.switches.set(name, value))
  for (const [name, value] of Object.entries(scenario.xeroSwitches)) turn(xero.control.switches.set(name, value))
  return { company, zoho, xero }
}

function turn(outcome: { readonly ok: boolean; readonly message?: string }): void {
  if (!outcome.ok) throw new Error(outcome.message)
}

/** The same flow of time, read from a clock that is set wrong. */
export function skewed(clock: VirtualClock, skewMs: number): VirtualClock {
  return {
    ...clock,
    now: () => clock.now() + skewMs,
    set: (epochMilliseconds) => clock.set(epochMilliseconds - skewMs),
  }
}
