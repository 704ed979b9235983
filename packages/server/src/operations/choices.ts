import { suggestTaxMap } from '@tandem/sync/mapping/generate.ts'
import { accountChoices } from '@tandem/sync/mapping/invoice/xero-faults.ts'
import { createTaxMap, taxIds, taxKeyOf, zohoTaxNames } from '@tandem/sync/mapping/tax-map.ts'
import type { ReferenceData, XeroReference } from '@tandem/sync/model/reference.ts'
import { type AwaitedTax, isMapped } from '@tandem/sync/plan/unmapped-taxes.ts'
import { awaitedTaxes } from '@tandem/sync/plan/waits-for.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ChoicesView, TaxSetView } from '../views/choices.ts'
import { findConnection } from './find.ts'

/** What can be chosen in the settings of a connection, from what was last read of both organisations (R40, R42a). */
export async function listChoices(tandem: Tandem, id: string | undefined): Promise<Answer<ChoicesView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const { reference, referenceAt } = found.value
  if (reference === null || referenceAt === null) {
    return problem('notPossible', 'Neither organisation has been read yet.', 'Sync once: tandem sync.')
  }
  const inbox = await tandem.store.reports.inbox(found.value.id)
  const awaited = inbox.filter((item) => item.code === 'unmappedTax').flatMap((item) => awaitedTaxes(item.detail))
  const taxes = createTaxMap(found.value.settings)
  const waitingTaxTypes = awaited.filter((one) => one.side === 'xero' && !isMapped(one, taxes, reference))
  return answer({
    readAt: referenceAt,
    ledgerAccounts: ledgerAccounts(reference.xero),
    taxRates: reference.xero.taxRates.map(({ taxType, name, effectiveRate, status, canApplyToRevenue }) => {
      return { taxType, name, rate: effectiveRate, status, isForSales: canApplyToRevenue }
    }),
    taxSets: [...taxSets(found.value, reference, awaited)],
    waitingTaxTypes: [...new Set(waitingTaxTypes.map((one) => one.tax))],
    owners: [...(reference.zoho.users ?? [])],
  })
}

function ledgerAccounts(xero: XeroReference): ChoicesView['ledgerAccounts'] {
  const [income, expense] = [new Set(accountChoices(xero, 'income')), new Set(accountChoices(xero, 'expense'))]
  return xero.accounts.map((account) => ({
    code: account.code,
    name: account.name,
    type: account.type,
    class: account.class,
    status: account.status,
    taxType: account.taxType,
    isSystem: account.systemAccount !== '',
    uses: [...(income.has(account) ? ['income' as const] : []), ...(expense.has(account) ? ['expense' as const] : [])],
  }))
}

/** Every tax alone, no tax, what is mapped as a combination, and the combinations that documents wait with. */
function taxSets(
  { settings }: Connection,
  reference: ReferenceData,
  awaited: readonly AwaitedTax[],
): readonly TaxSetView[] {
  const waiting = awaited.filter((one) => one.side === 'zoho').map((one) => one.tax)
  const keys = [
    '',
    ...reference.zoho.taxes.map((tax) => tax.id),
    ...settings.taxMap.map((one) => taxKeyOf(one.zohoTaxIds)),
    ...waiting,
  ]
  const taxes = createTaxMap(settings)
  const suggested = suggestTaxMap(reference)
  return [...new Set(keys)].map((key) => {
    const chosen = taxes.toXero(key, reference)
    const [id = null] = taxIds(key)
    const one = suggested.mappings.filter((mapping) => taxKeyOf(mapping.zohoTaxIds) === key)
    const open = key.includes('+') ? undefined : suggested.undecided.find((tax) => tax.zohoTaxId === id)
    return {
      zohoTaxIds: [...taxIds(key)],
      name: zohoTaxNames(key, reference),
      xeroTaxType: chosen.type === 'mapped' ? chosen.value : null,
      candidates: [...one.map((mapping) => mapping.xeroTaxType), ...(open?.candidates ?? [])],
      waiting: waiting.filter((tax) => tax === key).length,
    }
  })
}
