import { collectionsOf, isForerunner } from '../model/kind.ts'
import type { NewHold } from '../model/plan.ts'
import type { LinkSubject, PlanInput } from './input.ts'

/** The link's record in the CRM can be nobody's partner any more, and nothing has been found that took its place. */
export function unfitMain(
  { link, zoho: { main } }: LinkSubject,
  { context }: PlanInput,
): Pick<NewHold, 'code' | 'detail'> | null {
  if (main === null || link.kind !== 'contact') return null
  if (isForerunner(main.collection)) {
    const detail = 'The lead was converted, and no customer by the customer model has come of it'
    return main.life === 'live' ? null : { code: 'leadNotFollowed', detail }
  }
  const [wanted] = collectionsOf(link.kind, 'zoho', context.settings.customerModel)
  if (main.collection === wanted) return null
  return {
    code: 'customerModelUnfit',
    detail: `It is one of ${main.collection}, and there is none of ${wanted} for it`,
  }
}
