import type { Mutant } from './mutant.ts'

const OUTCOME_OF = 'packages/sync/src/apply/outcome-of.ts'
const MERGE_FIELD = 'packages/sync/src/plan/merge-field.ts'
const TWO_WAY = 'packages/server/test/engine/two-way-edits.test.ts'
const UNIT_OUTCOME = 'packages/sync/src/apply/outcome-of.test.ts'

/** Guards of what is written over, and of what is remembered: nobody's edit may be lost (I3). */
export const VALUE_MUTANTS: readonly Mutant[] = [
  {
    name: 'mirror-left-wrong',
    guard: 'a field of the CRM that only mirrors Xero is put right, whoever has changed it',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/merge-field.ts',
        find: 'if (!mayFlow(rule, source) && rule.isCrossReference) return',
        replace: 'if (!mayFlow(rule, source) && rule.isCrossReference && rule.apart !== undefined) return',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/invoice-money.test.ts', name: 'what only mirrors Xero' },
    ],
  },
  {
    name: 'whole-record-writes',
    guard: 'an update writes the changed fields only',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-updates.ts',
        find: 'const payloads: ValueObject[] = draft.patches.map((patch) => patch.payload)',
        replace: `const payloads: ValueObject[] = [
    ...parts.input.mapping.fields
      .filter((rule) => rule[target].role === role)
      .map((rule) => rule[target].write(rule[target].read(subject[target], parts.context), subject[target], parts.context)),
    ...draft.patches.map((patch) => patch.payload),
  ]`,
      },
    ],
    caughtBy: [
      { type: 'test', path: TWO_WAY, name: 'an e-mail typed in Xero while our write of the phone is on its way' },
    ],
  },
  {
    name: 'whole-record-shadow',
    guard: 'after an update the shadow advances for the written fields only',
    invariant: 'I3',
    patches: [
      {
        file: OUTCOME_OF,
        find: "if (op.verb === 'create' || written.has(rule.field)) set(",
        replace: 'if (written.size >= 0) set(',
      },
    ],
    caughtBy: [{ type: 'test', path: UNIT_OUTCOME, name: 'moves the shadows of written fields' }],
  },
  {
    name: 'one-shadow-for-both-sides',
    guard: 'each side is compared with its own shadow',
    invariant: 'I4, I5',
    patches: [
      {
        file: MERGE_FIELD,
        find: 'const xeroChanged = input.fingerprint(canonicalText(xero)) !== xeroShadow.print',
        replace: 'const xeroChanged = input.fingerprint(canonicalText(xero)) !== zohoShadow.print',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/merge-field.test.ts' }],
  },
  {
    name: 'no-conflict-row',
    guard: 'a field that both sides changed always leaves a conflict row with both values',
    invariant: 'I3',
    patches: [
      {
        file: MERGE_FIELD,
        find: "return flow(input, winner, { reason: 'conflictWon', conflict: { base, winner, policy: rule.policy } })",
        replace:
          "return flow(input, winner, { reason: 'conflictWon', conflict: base === winner ? { base, winner, policy: rule.policy } : null })",
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/merge-field.test.ts' }],
  },
  {
    name: 'blank-erases',
    guard: 'a blank erases the other side only where the field says so',
    invariant: 'I3',
    patches: [
      {
        file: MERGE_FIELD,
        find: 'return isBlank(input[source]) && !input.rule.blankErases && input.choice !== source',
        replace:
          'return isBlank(input[source]) && !input.rule.blankErases && input.choice !== source && source === null',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/plan/merge-field.test.ts' }],
  },
  {
    name: 'no-re-check-before-write',
    guard: 'the value about to be overwritten is read again before the write',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/recheck.ts',
        find: 'if (!checkable.some((op) => isOld(walk, op, READ_COUNTS_MS))) return { fit: ops, moved: [] }',
        replace: 'if (checkable.length >= 0) return { fit: ops, moved: [] }',
      },
    ],
    caughtBy: [{ type: 'test', path: 'packages/sync/src/apply/recheck.test.ts' }],
  },
  {
    name: 'no-guard-header',
    guard: 'a write of one Zoho record carries If-Unmodified-Since',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/remotes/zoho/write.ts',
        find: "headers: verb === 'update' ? guard(request) : {},",
        replace: "headers: verb === 'update' && request.rows.length === 0 ? guard(request) : {},",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/remotes/zoho/writing.test.ts',
        name: 'an edit since our read stops a guarded write',
      },
    ],
  },
  {
    name: 'approval-not-a-ceiling',
    guard: 'an approved op whose before-image has moved is dropped',
    invariant: 'I9, I3',
    patches: [
      {
        file: 'packages/sync/src/apply/apply-plan.ts',
        find: 'return op.basis.some((basis) => {',
        replace: 'return op.basis.slice(op.basis.length).some((basis) => {',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/apply/apply-plan.test.ts',
        name: 'whose record was edited since is dropped',
      },
    ],
  },
  {
    name: 'locks-ignored',
    guard: 'what Xero has locked is shown to a person, not sent (R36)',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-updates.ts',
        find: "if (verdict.type === 'write') return true",
        replace: "if (verdict.type === 'write' || at.locked.length >= 0) return true",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/absences.test.ts',
        name: 'an edit in Zoho is held, not sent, and the contact stays archived',
      },
    ],
  },
  {
    name: 'money-not-checked',
    guard: 'totals are predicted for the target before a document is sent',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-create.ts',
        find: '...faultsOf(extras), ...faultsOf(verdict)]',
        replace: '...faultsOf(extras)]',
      },
      {
        file: 'packages/sync/src/plan/plan-updates.ts',
        find: "return { type: 'hold', code: verdict.code, detail: typeof detail === 'string' ? { detail } : detail }",
        replace: "return { type: 'go', payload: {} }",
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/plan/plan-chunk.test.ts',
        name: 'whose total the target would compute otherwise',
      },
      {
        type: 'test',
        path: 'packages/sync/src/plan/plan-lines.test.ts',
        name: 'a total that would not agree holds the document',
      },
    ],
  },
  {
    name: 'archived-customer-sent',
    guard: 'what a document names in the target is read before the document is sent',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/draw-up.ts',
        find: 'asking: askingOf(gathered)',
        replace: 'asking: askingOf(gathered).slice(0, 0)',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/invoice-preflight.test.ts', name: 'an archived customer' },
    ],
  },
  {
    name: 'dates-pass-unseen',
    guard: 'once a day, what changes by the calendar alone is marked',
    invariant: 'I1',
    patches: [{ file: 'packages/sync/src/detect/detect.ts', find: '  await markTurned(walk)\n', replace: '' }],
    caughtBy: [
      { type: 'test', path: 'packages/server/test/engine/invoice-money.test.ts', name: 'turns the invoice overdue' },
    ],
  },
  {
    name: 'edit-loses-to-delete',
    guard: 'a line that one side edited survives its removal on the other',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/merge-lines.ts',
        find: 'if (wasEdited) return',
        replace: 'if (wasEdited && absent === present) return',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/plan/merge-lines.test.ts',
        name: 'a line deleted on one side and edited on the other comes back',
      },
    ],
  },
  {
    name: 'our-own-write-the-newest',
    guard: 'our own last write does not make its side the newest',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-fields.ts',
        find: ' || zoho.modifiedBy === ourZohoUserId',
        replace: ' || ourZohoUserId === undefined',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/plan/plan-fields.test.ts',
        name: 'our own last write does not make Zoho the newest',
      },
    ],
  },
  {
    name: 'stale-line-echo',
    guard: 'a line patch is dropped when anything of its Xero record has moved: what it echoes is as old as the plan',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/recheck.ts',
        find: "if (!isSameVersion && op.side === 'xero' && saysLines(op)) return false",
        replace: '',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/apply/recheck.test.ts', name: 'of lines in Xero stands only while' },
      { type: 'test', path: 'packages/server/test/engine/tracking.test.ts', name: 'waits for its approval stays' },
    ],
  },
  {
    name: 'unmapped-line-fields-dropped',
    guard: "a line patch echoes every field that we do not map (a bookkeeper's account, tracking)",
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/line-write.ts',
        find: 'const echo = echoOf(existing.raw)',
        replace: 'const echo: ValueObject = { LineItemID: echoOf(existing.raw).LineItemID ?? null }',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/mapping/invoice/line-rules.test.ts',
        name: "a bookkeeper's account and tracking survive",
      },
    ],
  },
  {
    name: 'quiet-over-an-unsettled-write',
    guard: 'the mark of a link whose write has no answer is not cleared',
    invariant: 'I3',
    patches: [{ file: 'packages/sync/src/detect/quiet.ts', find: '      unsettled.has(link.id) ||\n', replace: '' }],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/src/detect/quiet.test.ts',
        name: 'not while a write of its link is unsettled',
      },
    ],
  },
]
