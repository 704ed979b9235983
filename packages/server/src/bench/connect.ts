import type { EnginePorts, Remotes } from '@tandem/sync/engine.ts'
import { suggestTaxMap } from '@tandem/sync/mapping/generate.ts'
import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings, TaxMapping } from '@tandem/sync/model/settings.ts'
import { provisionZoho } from '@tandem/sync/remotes/zoho/provision.ts'

export const CONNECTION_ID = 'bench'

interface ConnectParts {
  readonly ports: EnginePorts
  readonly opener: (settings: ConnectionSettings) => Remotes
  readonly apiDomain: string
}

/** What a person who connects would choose for the seeded company. */
export async function connectBench({ ports, opener, apiDomain }: ConnectParts): Promise<void> {
  const remotes = opener(DEFAULT_SETTINGS)
  const xero = unwrap(await remotes.xero.fetchReference())
  const provisioned = unwrap(
    await provisionZoho(remotes.zoho, {
      modules: zohoModulesOf(DEFAULT_SETTINGS),
      previous: DEFAULT_SETTINGS.provisioned,
      brandingThemes: xero.brandingThemes.map((theme) => theme.name),
    }),
  )
  const zoho = unwrap(await remotes.zoho.fetchReference(zohoModulesOf(DEFAULT_SETTINGS)))
  const reference = { zoho, xero }
  await ports.store.connections.create({
    id: CONNECTION_ID,
    name: 'Bench',
    zoho: { credentialId: 'z', dataCentre: 'au', apiDomain, zgid: zoho.zgid, orgName: zoho.companyName },
    xero: { credentialId: 'x', xeroConnectionId: 'x', tenantId: xero.tenantId, tenantName: xero.name },
    settings: {
      ...DEFAULT_SETTINGS,
      provisioned,
      addToXero: 'all',
      salesAccountCode: '200',
      publicUrl: 'http://localhost:4000',
      taxMap: taxMapOf(reference),
    },
    state: 'ready',
    pausedCode: null,
    reference,
    referenceAt: ports.clock.now(),
  })
}

function taxMapOf(reference: ReferenceData): readonly TaxMapping[] {
  const { mappings, undecided } = suggestTaxMap(reference)
  const isUntaxedOpen = undecided.some((tax) => tax.zohoTaxId === null)
  return isUntaxedOpen ? [...mappings, { zohoTaxIds: [], xeroTaxType: 'BASEXCLUDED' }] : mappings
}

function unwrap<T>(outcome: { readonly type: 'ok'; readonly value: T } | { readonly type: string }): T {
  if (outcome.type === 'ok' && 'value' in outcome) return outcome.value
  throw new Error(`The bench cannot connect: ${JSON.stringify(outcome)}`)
}
