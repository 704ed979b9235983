import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { faultOn } from './fault-list.ts'

/** Every answer of these creates is lost after the commit; the fourth attempt would be a new request. */
export function loseAnswers(rig: Pick<EngineRig, 'zoho' | 'xero'>, side: 'zoho' | 'xero', collection: string): void {
  const lost = { name: 'answer lost after commit', side, effect: { type: 'dropAfter' }, times: 3 } as const
  rig[side].control.faults.add(faultOn(lost, collection))
}
