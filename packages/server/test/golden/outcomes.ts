import type { EngineRig } from '../../src/rig/engine-rig.ts'
import type { Compared } from './compare.ts'
import type { GoldenDocument } from './document.ts'
import { expectInXero } from './expect-in-xero.ts'
import { expectInZoho } from './expect-in-zoho.ts'
import type { Expected, Policy } from './expected.ts'
import { lookAtBoth, type Pair, pairOf } from './look.ts'
import { shownInXero, shownInZoho } from './shown-line.ts'

/** `synced`, or the code under which it waits; `lost` and `synced, yet CODE` are never expected. */
export interface Outcome {
  readonly document: GoldenDocument
  readonly oracle: Expected
  readonly expected: string
  readonly became: string
  readonly pair: Pair
  readonly serviceId: string
}

export async function outcomesOf(
  rig: EngineRig,
  documents: readonly GoldenDocument[],
  policy: Policy,
): Promise<readonly Outcome[]> {
  const both = await lookAtBoth(rig)
  const codes = await codesById(rig)
  const serviceId = (await rig.settings()).provisioned.serviceProductId
  return documents.map((document) => {
    const pair = pairOf(both, document.born, document.title)
    const oracle = document.born === 'zoho' ? expectInXero(document, policy) : expectInZoho(document, policy)
    const waiting = new Set([pair.crm?.id, pair.books?.id].flatMap((id) => codes.get(id ?? '') ?? []))
    return {
      document,
      oracle,
      expected: oracle.type === 'held' ? oracle.code : 'synced',
      became: becameOf(pair, [...waiting]),
      pair,
      serviceId,
    }
  })
}

/** What the inbox says of each record, by its id. */
async function codesById(rig: EngineRig): Promise<ReadonlyMap<string, readonly string[]>> {
  const codes = new Map<string, readonly string[]>()
  for (const item of await rig.store.reports.inbox(rig.connectionId)) {
    const link = item.linkId === null ? undefined : await rig.store.reports.link(item.linkId)
    const ids = [...item.refs, ...(link?.parts ?? [])].flatMap(({ remoteId }) => remoteId ?? [])
    for (const id of ids) codes.set(id, [...(codes.get(id) ?? []), item.code])
  }
  return codes
}

function becameOf({ crm, books }: Pair, codes: readonly string[]): string {
  const isSynced = crm !== null && books !== null
  if (isSynced) return codes.length === 0 ? 'synced' : `synced, yet ${codes.join()}`
  return codes.length === 0 ? 'lost' : codes.join()
}

/** Those that stand on both sides and were expected to. */
export function comparedOf(outcomes: readonly Outcome[]): readonly Compared[] {
  return outcomes.flatMap(({ document, oracle, pair, serviceId }) => {
    if (oracle.type === 'held' || pair.crm === null || pair.books === null) return []
    const [zoho, xero] = [shownInZoho(pair.crm, serviceId), shownInXero(pair.books)]
    const [source, target] = document.born === 'zoho' ? [zoho, xero] : [xero, zoho]
    return [{ document, expected: oracle, source, target }]
  })
}
