import {
  type Company,
  type CompanyProfile,
  createChance,
  createClock,
  generateCompany,
  serveSandbox,
} from '@tandem/sandbox'
import { createXeroSandbox, type XeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { createZohoSandbox, type ZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import { errnoOf } from '../folder/data-folder.ts'
import { type Answer, answer, problem } from '../problem.ts'
import { freePort } from '../process/listen.ts'

export interface SandboxWish {
  readonly zohoPort: PortWish
  readonly xeroPort: PortWish
  readonly profile: Omit<CompanyProfile, 'today'>
}

/** `exactly` what the person named, or the next free one from a default on. */
export type PortWish = { readonly exactly: number } | { readonly from: number }

export interface Sandboxes {
  readonly company: Company
  readonly zoho: { readonly url: string; readonly sandbox: ZohoSandbox }
  readonly xero: { readonly url: string; readonly sandbox: XeroSandbox }
  close(): Promise<void>
}

/** Both sandboxes on this machine, seeded with the same company. */
export async function startSandboxes(wish: SandboxWish): Promise<Answer<Sandboxes>> {
  const clock = createClock()
  const company = generateCompany({ ...wish.profile, today: new Date(clock.now()).toISOString().slice(0, 10) })
  const parts = { clock, company }
  const zoho = createZohoSandbox({ ...parts, chance: createChance(wish.profile.seed) })
  const xero = createXeroSandbox({ ...parts, chance: createChance(wish.profile.seed + 1) })
  const zohoServed = await serve(zoho, wish.zohoPort)
  if (zohoServed.type === 'problem') return zohoServed
  const xeroServed = await serve(xero, wish.xeroPort)
  if (xeroServed.type === 'problem') {
    await zohoServed.value.close()
    return xeroServed
  }
  return answer({
    company,
    zoho: { url: zohoServed.value.url, sandbox: zoho },
    xero: { url: xeroServed.value.url, sandbox: xero },
    async close() {
      clock.stop()
      await Promise.all([zohoServed.value.close(), xeroServed.value.close()])
    },
  })
}

async function serve(sandbox: Pick<ZohoSandbox, 'app' | 'setBaseUrl'>, wish: PortWish) {
  const port = 'exactly' in wish ? wish.exactly : await freePort(wish.from)
  try {
    const served = await serveSandbox(sandbox.app, port)
    sandbox.setBaseUrl(served.url)
    return answer(served)
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE') throw error
    return problem(
      'portInUse',
      `Port ${port} is in use by another program.`,
      'End that program, or choose other ports with --zoho-port and --xero-port.',
    )
  }
}

/** The environment that points Tandem at these sandboxes: what a person would copy from the vendors' consoles. */
export function sandboxEnvironment({ zoho, xero }: Pick<Sandboxes, 'zoho' | 'xero'>): Readonly<Record<string, string>> {
  return {
    ZOHO_ACCOUNTS_URL: zoho.url,
    ZOHO_CLIENT_ID: zoho.sandbox.credentials.clientId,
    ZOHO_CLIENT_SECRET: zoho.sandbox.credentials.clientSecret,
    XERO_LOGIN_URL: xero.url,
    XERO_IDENTITY_URL: xero.url,
    XERO_API_URL: xero.url,
    XERO_CLIENT_ID: xero.sandbox.credentials.clientId,
    XERO_CLIENT_SECRET: xero.sandbox.credentials.clientSecret,
    XERO_WEBHOOK_KEY: xero.sandbox.credentials.webhookKey,
  }
}
