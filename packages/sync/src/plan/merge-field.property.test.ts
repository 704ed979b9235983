import fc from 'fast-check'
import { expect, test } from 'vitest'
import { print, shadowOf } from '../../test/engine/records.ts'
import { textRule } from '../../test/engine/toy-mapping.ts'
import type { FieldRule } from '../mapping/contract.ts'
import { contextOf, SETTINGS } from '../mapping/testing.ts'
import type { Side } from '../model/side.ts'
import { type FieldVerdict, mergeField } from './merge-field.ts'

interface Case {
  readonly zoho: string
  readonly xero: string
  /** What each side held when they were last in step; null: no base. */
  readonly base: { readonly zoho: string; readonly xero: string } | null
  readonly direction: FieldRule['direction']
  readonly policy: FieldRule['policy']
  readonly blankErases: boolean
  readonly newer: Side | null
  readonly choice: Side | undefined
  readonly firstLinkWinner: Side
}

/** What may be seen from outside: the write, whose values are the base from now on, and the conflict row. */
interface Effect {
  readonly write: { readonly target: Side; readonly after: string } | null
  readonly base: readonly Side[]
  readonly conflict: Side | 'open' | null
}

/** Design section 4 again, in its own order and words, for a field that Xero keeps in capitals. */
function reference(at: Case): Effect {
  const flows = (source: Side) => at.direction === 'both' || at.direction.startsWith(source)
  const erases = (source: Side) => at[source] !== '' || at.blankErases || at.choice === source
  const carried = (source: Side) => (source === 'zoho' ? at.zoho.toUpperCase() : at.xero)
  const other = (side: Side): Side => (side === 'zoho' ? 'xero' : 'zoho')
  const both: readonly Side[] = ['zoho', 'xero']
  const patch = (source: Side, conflict: Effect['conflict']): Effect => ({
    write: { target: other(source), after: carried(source) },
    base: [],
    conflict,
  })
  const isEqual =
    (flows('zoho') && carried('zoho') === at.xero) ||
    (flows('xero') && at.xero === at.zoho) ||
    (at.zoho === '' && at.xero === '')
  const owner = (): Side => {
    if (at.direction !== 'both') return at.direction === 'zohoToXero' ? 'zoho' : 'xero'
    return at.policy === 'zoho' || at.policy === 'xero' ? at.policy : at.firstLinkWinner
  }
  if (at.base === null) {
    if (isEqual) return { write: null, base: both, conflict: null }
    const filled = both.find((side) => at[other(side)] === '')
    if (filled !== undefined) return flows(filled) ? patch(filled, null) : { write: null, base: both, conflict: null }
    const winner = at.choice ?? owner()
    return patch(winner, winner)
  }
  const changed = both.filter((side) => at[side] !== at.base?.[side])
  if (changed.length === 0) return { write: null, base: [], conflict: null }
  if (isEqual) return { write: null, base: both, conflict: null }
  const [only] = changed
  if (changed.length === 1 && only !== undefined) {
    return flows(only) && erases(only) ? patch(only, null) : { write: null, base: [only], conflict: null }
  }
  if (at.choice === undefined && at.direction === 'both' && at.policy === 'ask')
    return { write: null, base: [], conflict: 'open' }
  const byPolicy = at.direction === 'both' && at.policy === 'newest' ? (at.newer ?? owner()) : owner()
  const winner = at.choice ?? byPolicy
  if (erases(winner)) return patch(winner, winner)
  // Blank never erases: what the other side says flows instead, where it may.
  return flows(other(winner)) ? patch(other(winner), other(winner)) : { write: null, base: both, conflict: null }
}

function effectOf(verdict: FieldVerdict): Effect {
  switch (verdict.type) {
    case 'unchanged':
      return { write: null, base: [], conflict: null }
    case 'settle':
      return { write: null, base: verdict.sides, conflict: null }
    case 'patch':
      return {
        write: { target: verdict.target, after: String(verdict.after) },
        base: [],
        conflict: verdict.conflict === null ? null : (verdict.conflict.winner ?? 'open'),
      }
    case 'ask':
      return { write: null, base: [], conflict: 'open' }
    case 'join':
    case 'hold':
      throw new Error('This field holds nothing')
  }
}

function merged(at: Case): FieldVerdict {
  const { direction, policy, blankErases } = at
  return mergeField({
    rule: textRule('name', { direction, policy, blankErases }),
    zoho: at.zoho,
    xero: at.xero,
    zohoShadow: at.base === null ? undefined : shadowOf({ name: at.base.zoho }).name,
    xeroShadow: at.base === null ? undefined : shadowOf({ name: at.base.xero }).name,
    context: { ...contextOf(), settings: { ...SETTINGS, firstLinkWinner: at.firstLinkWinner } },
    fingerprint: print,
    newer: at.newer,
    choice: at.choice,
  })
}

const side = fc.constantFrom<Side>('zoho', 'xero')
const onZoho = fc.constantFrom('', 'a', 'A', 'b')
const onXero = fc.constantFrom('', 'A', 'B')
const cases: fc.Arbitrary<Case> = fc
  .record({
    zoho: onZoho,
    xero: onXero,
    base: fc.option(fc.record({ zoho: onZoho, xero: onXero })),
    direction: fc.constantFrom<FieldRule['direction']>('both', 'zohoToXero', 'xeroToZoho'),
    policy: fc.constantFrom<FieldRule['policy']>('zoho', 'xero', 'newest', 'ask'),
    blankErases: fc.boolean(),
    newer: fc.option(side),
    choice: fc.option(side, { nil: undefined }),
    firstLinkWinner: side,
  })
  // Only a field that flows both ways ever asks a person.
  .map((at) => (at.direction === 'both' ? at : { ...at, choice: undefined }))

test('merging one field is the table of design section 4, whatever the policy, direction, base and blank rule', () => {
  fc.assert(
    fc.property(cases, (at) => {
      expect(effectOf(merged(at))).toEqual(reference(at))
    }),
    { numRuns: 3_000 },
  )
})

test('a field comes to rest: applying the verdict and merging again never writes a second time (I4, I5)', () => {
  fc.assert(
    fc.property(cases, (at) => {
      const verdict = merged(at)
      if (verdict.type !== 'patch') return
      const after = { ...at, [verdict.target]: String(verdict.after) }
      const again = merged({ ...after, base: { zoho: after.zoho, xero: after.xero }, choice: undefined })
      expect(again).toEqual({ type: 'unchanged' })
    }),
  )
})
