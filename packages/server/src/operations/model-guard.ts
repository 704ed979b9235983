import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Failed, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/** Links that stand already are re-linked only as a person has seen it; before the first of them there is nothing to see. */
export async function refusedModel(
  tandem: Tandem,
  { id, settings }: Connection,
  wanted: ConnectionSettings,
): Promise<Failed | null> {
  if (settings.customerModel === wanted.customerModel) return null
  const { links } = await tandem.store.reports.counts(id)
  if ((links.contact ?? 0) === 0) return null
  return problem(
    'notPossible',
    'Another customer model re-links customers that are linked already.',
    `See what it would do, and confirm it: tandem customer-model show ${wanted.customerModel}.`,
  )
}
