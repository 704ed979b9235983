import { join } from 'node:path'
import type { Priority, Remotes } from '@tandem/sync/engine.ts'
import { requiredZohoFields } from '@tandem/sync/mapping/generate.ts'
import { createLimiter, type Limiter } from '@tandem/sync/remotes/http/limiter.ts'
import { XERO_BUDGET } from '@tandem/sync/remotes/xero/limits.ts'
import { createXeroRemote } from '@tandem/sync/remotes/xero/remote.ts'
import { createZohoLimits, type ZohoLimits } from '@tandem/sync/remotes/zoho/limits.ts'
import { createZohoRemote } from '@tandem/sync/remotes/zoho/remote.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { createBudgetFile } from './budget-file.ts'
import type { Keepers } from './keepers.ts'
import type { GatewayParts } from './parts.ts'
import { ZOHO_EDITION } from './zoho-edition.ts'

/** Makes the two connectors of a connection; what they must share in this process (budgets, tokens) is made once. */
export function createRemoteOpener(parts: GatewayParts, keepers: Keepers) {
  const xeroLimiters = new Map<string, Limiter>()
  const zohoLimits = new Map<string, ZohoLimits>()

  function xeroLimiter(tenantId: string): Limiter {
    const ledger = createBudgetFile(join(parts.config.dataDir, 'budgets'), `xero-${tenantId}`)
    const limiter = xeroLimiters.get(tenantId) ?? createLimiter(XERO_BUDGET, parts.clock, ledger)
    xeroLimiters.set(tenantId, limiter)
    return limiter
  }

  function limitsOf(zgid: string): ZohoLimits {
    const { clock, chance } = parts
    const limits = zohoLimits.get(zgid) ?? createZohoLimits({ clock, chance, edition: ZOHO_EDITION, dayCredits: null })
    zohoLimits.set(zgid, limits)
    return limits
  }

  return async function openRemotes(connection: Connection, priority: Priority): Promise<Remotes> {
    const { network, clock, chance, log, config } = parts
    const common = { network, clock, chance, log, priority }
    const limiter = xeroLimiter(connection.xero.tenantId)
    await limiter.catchUp()
    return {
      zoho: createZohoRemote({
        ...common,
        tokens: keepers.zoho(connection.zoho),
        apiDomain: connection.zoho.apiDomain,
        fields: requiredZohoFields(connection.settings, connection.reference ?? undefined),
        edition: ZOHO_EDITION,
        limits: limitsOf(connection.zoho.zgid),
        provisionedXeroId: connection.settings.provisioned.xeroId,
      }),
      xero: createXeroRemote({
        ...common,
        tokens: keepers.xero(connection.xero.credentialId),
        limiter,
        tenantId: connection.xero.tenantId,
        apiUrl: config.xero.apiUrl,
      }),
    }
  }
}
