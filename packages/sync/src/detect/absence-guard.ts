import type { GuardLimit } from '../model/settings.ts'
import { type CollectionOf, type Walk, WalkStopped } from '../walk.ts'

export type AbsenceVerdict = 'plausible' | 'sideEmpty' | 'tooManyAbsent'

/** How many linked records may be missing from a whole list before the list itself is doubted (design section 6). Pure. */
export function judgeAbsences(
  of: { readonly linked: number; readonly absent: number },
  limit: GuardLimit,
): AbsenceVerdict {
  if (of.absent === 0) return 'plausible'
  const allowed = Math.max(limit.count, Math.floor((of.linked * limit.percent) / 100))
  if (of.absent <= allowed) return 'plausible'
  return of.absent === of.linked ? 'sideEmpty' : 'tooManyAbsent'
}

/** Stops the run: a lost permission or a filter looks exactly like a mass delete. Nothing is concluded from it. */
export function refuseMassAbsence(
  walk: Walk,
  at: CollectionOf,
  of: { readonly linked: number; readonly absent: number },
): void {
  const verdict = judgeAbsences(of, walk.connection.settings.guard.absent)
  if (verdict === 'plausible') return
  const system = at.side === 'zoho' ? 'Zoho CRM' : 'Xero'
  const message = `${of.absent} of ${of.linked} linked ${at.collection} are missing in ${system}. Check the rights of the connected user there; if they were really deleted, raise guard.absent in the settings`
  throw new WalkStopped({ type: 'broken', code: verdict, message })
}
