import type { Remotes } from '@tandem/sync/engine.ts'
import { flaggedModules, suggestTaxMap } from '@tandem/sync/mapping/generate.ts'
import { zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings, Provisioned, TaxMapping } from '@tandem/sync/model/settings.ts'
import { provisionZoho } from '@tandem/sync/remotes/zoho/provision.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { provisionedNames } from '../connect/provisioned-names.ts'
import { type Answer, answer } from '../problem.ts'
import type { Prepared } from './contract.ts'
import { remoteProblem } from './remote-problem.ts'

/** Everything that a connection needs before its first preview: both organisations read, CRM fields in place, taxes suggested. */
export async function prepareConnection(draft: Connection, remotes: Remotes): Promise<Answer<Prepared>> {
  const xero = await remotes.xero.fetchReference()
  if (xero.type !== 'ok') return remoteProblem('xero', xero)
  const modules = zohoModulesOf(draft.settings)
  const provisioned = await provisionZoho(remotes.zoho, {
    modules,
    previous: draft.settings.provisioned,
    brandingThemes: xero.value.brandingThemes.map((theme) => theme.name),
    flagged: flaggedModules(draft.settings),
  })
  if (provisioned.type !== 'ok') return remoteProblem('zoho', provisioned)
  // A custom module that the edition does not allow is no fault of the rest.
  const zoho = await remotes.zoho.fetchReference(
    modules.filter((module) => provisioned.value.xeroId[module] !== undefined),
  )
  if (zoho.type !== 'ok') return remoteProblem('zoho', zoho)
  const reference = { zoho: zoho.value, xero: xero.value }
  // What a person has chosen before stays.
  const taxMap = draft.settings.taxMap.length > 0 ? draft.settings.taxMap : suggestTaxMap(reference).mappings
  const settings = {
    ...draft.settings,
    provisioned: provisioned.value,
    taxMap,
    bill: { ...draft.settings.bill, taxMap: purchaseTaxes(draft.settings, reference) },
  }
  return answer({ settings, reference, notes: notes(provisioned.value, taxMap.length) })
}

/** Where bills are wanted, suggested like those of sales: what a person has chosen before stays. */
function purchaseTaxes({ kinds, bill }: ConnectionSettings, reference: ReferenceData): readonly TaxMapping[] {
  return kinds.bill.isOn && bill.taxMap.length === 0 ? suggestTaxMap(reference, 'expense').mappings : bill.taxMap
}

function notes(provisioned: Provisioned, taxes: number): readonly string[] {
  return [
    `CRM fields in place: ${provisionedNames(provisioned).join(', ')}.`,
    `${taxes} taxes are mapped by suggestion; look at it before the first sync: tandem settings get taxMap.`,
  ]
}
