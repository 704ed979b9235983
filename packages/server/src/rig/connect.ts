import type { EnginePorts, Remotes } from '@tandem/sync/engine.ts'
import { flaggedModules, suggestTaxMap } from '@tandem/sync/mapping/generate.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { provisionZoho } from '@tandem/sync/remotes/zoho/provision.ts'
import type { ZohoEnd } from '@tandem/sync/store/contract.ts'
import { ZOHO_ORIGIN } from './origins.ts'

export interface ConnectParts {
  readonly ports: Pick<EnginePorts, 'store' | 'clock'>
  readonly connectionId: string
  /** Zoho numbers its organisations per data centre. */
  readonly dataCentre: ZohoEnd['dataCentre']
  readonly credentialIds: { readonly zoho: string; readonly xero: string }
  remotesFor(settings: ConnectionSettings): Remotes
  change(settings: ConnectionSettings): ConnectionSettings
}

/** What a person who connects would choose for the seeded company. */
export async function connectCompany(parts: ConnectParts): Promise<void> {
  const modules = zohoModulesOf(parts.change(DEFAULT_SETTINGS))
  const remotes = parts.remotesFor(DEFAULT_SETTINGS)
  const xero = unwrap(await remotes.xero.fetchReference())
  const provisioned = unwrap(
    await provisionZoho(remotes.zoho, {
      modules,
      previous: DEFAULT_SETTINGS.provisioned,
      brandingThemes: xero.brandingThemes.map((theme) => theme.name),
      flagged: flaggedModules(parts.change(DEFAULT_SETTINGS)),
    }),
  )
  const zoho = unwrap(await remotes.zoho.fetchReference(modules))
  const reference = { zoho, xero }
  const suggested = suggestTaxMap(reference)
  const settings: ConnectionSettings = {
    ...DEFAULT_SETTINGS,
    provisioned,
    addToXero: 'all',
    salesAccountCode: '200',
    publicUrl: 'http://localhost:4000',
    taxMap: [
      ...suggested.mappings,
      ...(suggested.undecided.some((tax) => tax.zohoTaxId === null)
        ? [{ zohoTaxIds: [], xeroTaxType: 'BASEXCLUDED' }]
        : []),
    ],
  }
  const created = await parts.ports.store.connections.create({
    id: parts.connectionId,
    name: 'Rig',
    zoho: {
      credentialId: parts.credentialIds.zoho,
      dataCentre: parts.dataCentre,
      apiDomain: ZOHO_ORIGIN,
      zgid: zoho.zgid,
      orgName: zoho.companyName,
    },
    xero: {
      credentialId: parts.credentialIds.xero,
      xeroConnectionId: 'x',
      tenantId: xero.tenantId,
      tenantName: xero.name,
    },
    settings: parts.change(settings),
    state: 'ready',
    pausedCode: null,
    reference,
    referenceAt: parts.ports.clock.now(),
  })
  if (created.type === 'taken') throw new Error(`The rig's ends are those of ${created.by}`)
}

function unwrap<T>(outcome: { readonly type: 'ok'; readonly value: T } | { readonly type: string }): T {
  if (outcome.type === 'ok' && 'value' in outcome) return outcome.value
  throw new Error(`The rig cannot connect: ${JSON.stringify(outcome)}`)
}
