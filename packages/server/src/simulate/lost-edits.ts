import type { ConflictView } from '@tandem/sync/store/contract.ts'
import type { BothStates } from '../rig/oracle-state.ts'
import { bare, type Edit, type EditLedger, holds } from './edit-ledger.ts'
import { money, textAt } from './sight.ts'

/**
 * Edits that are neither the final value, nor replaced by somebody who saw them, nor in a conflict row (I3). Whether
 * one of them fell into the stated exception is judged by whoever watched it disappear.
 */
export function missingEdits(
  ledger: EditLedger,
  at: { readonly states: BothStates; readonly conflicts: readonly ConflictView[] },
): readonly Edit[] {
  const rows = at.conflicts.map((row) => bare(withCents(JSON.stringify([row.zoho, row.xero]))))
  return ledger.edits().filter((edit) => {
    const text = textAt(at.states, edit)
    // The record itself is gone: a person's doing, or a delete of ours, which is judged as it is carried out.
    if (text === undefined || holds(bare(text), edit)) return false
    return !ledger.isReplaced(edit) && !rows.some((row) => holds(row, edit))
  })
}

/** Conflict rows hold normalised decimals (10020.2); people see and type cents. */
function withCents(json: string): string {
  return json.replace(/"(\d+(?:\.\d+)?)"/g, (_, decimal: string) => `"${money(decimal)}"`)
}
