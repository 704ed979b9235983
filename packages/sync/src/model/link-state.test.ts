import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LINK_TRANSITIONS, type LinkEvent, type LinkState, nextLinkState } from './link-state.ts'

/** Written out again from design section 3, so that a state lost from the table is noticed. */
const STATES: readonly LinkState[] = [
  'pendingMatch',
  'creating',
  'linked',
  'conflicted',
  'held',
  'failed',
  'detached',
  'tombstoned',
]
const EVENTS: readonly LinkEvent[] = [
  'matched',
  'createIntended',
  'createConfirmed',
  'createAbandoned',
  'conflictOpened',
  'conflictResolved',
  'heldForPerson',
  'refused',
  'reopenedWhole',
  'reopenedHalf',
  'detachedByPerson',
  'bothSidesGone',
  'restored',
  'restoredHalf',
]
const cells = STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const))

describe('the link state table', () => {
  test('is total: a state without a row or an event without a column would be a transition that nobody decided', () => {
    expect(Object.keys(LINK_TRANSITIONS).sort()).toEqual([...STATES].sort())
    for (const state of STATES) expect(Object.keys(LINK_TRANSITIONS[state]).sort()).toEqual([...EVENTS].sort())
  })
  test('throws on every refused transition: a silent one would hide a bug of the caller', () => {
    for (const [state, event] of cells) {
      const next = LINK_TRANSITIONS[state][event]
      if (next === 'Refused') expect(() => nextLinkState(state, event)).toThrow(`${state} link refuses ${event}`)
      else expect(nextLinkState(state, event)).toBe(next)
    }
  })
  test('leads out of tombstoned only where a record came back: its ids still block duplicates', () => {
    const exits = EVENTS.filter((event) => !['Refused', 'tombstoned'].includes(LINK_TRANSITIONS.tombstoned[event]))
    expect(exits).toEqual(['restored', 'restoredHalf'])
  })
  test('leads out of detached only when a person reopens it or both sides are gone: never re-created by itself', () => {
    const exits = EVENTS.filter((event) => !['Refused', 'detached'].includes(LINK_TRANSITIONS.detached[event]))
    expect(exits).toEqual(['reopenedWhole', 'reopenedHalf', 'bothSidesGone'])
  })
  test('takes the answer to a write that was under way when a person set the two apart: a throw would repeat for ever', () => {
    const answers = ['createConfirmed', 'createAbandoned', 'refused', 'heldForPerson'] as const
    expect(answers.map((event) => LINK_TRANSITIONS.detached[event])).toEqual(answers.map(() => 'detached'))
  })
  test('takes no decision of a person away while a create is unsettled: detaching would lose what may exist already', () => {
    expect(LINK_TRANSITIONS.creating.detachedByPerson).toBe('Refused')
    expect(LINK_TRANSITIONS.creating.bothSidesGone).toBe('Refused')
  })
  test('lets every state but the ended ones be held: there is always an inbox to end up in (I15)', () => {
    const held = STATES.filter((state) => LINK_TRANSITIONS[state].heldForPerson === 'held')
    expect(held).toEqual(['pendingMatch', 'creating', 'linked', 'conflicted', 'held', 'failed'])
  })
  test('reaches every state: a state that nothing leads to is dead code', () => {
    const reached = new Set(cells.map(([state, event]) => LINK_TRANSITIONS[state][event]))
    expect(STATES.filter((state) => !reached.has(state))).toEqual([])
  })
})

const SPEC = new URL('../../../../SPEC.md', import.meta.url)
const specText = readFileSync(SPEC, 'utf8')

/** The Markdown table under "Link states": one row per state, one column per event, `-` where refused. */
function specTable(text: string): Record<string, Record<string, string>> {
  const section = text.split(/^#+ +/m).find((part) => part.startsWith('Link states')) ?? ''
  const rows = section
    .split('\n')
    .filter((line) => line.trim().startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
  const [head, , ...body] = rows
  const events = (head ?? []).slice(1)
  return Object.fromEntries(
    body.map(([state, ...next]) => [
      state ?? '',
      Object.fromEntries(events.map((event, at) => [event, next[at] ?? ''])),
    ]),
  )
}

describe('SPEC.md', () => {
  test('shows the same link states as the code: a stale specification misleads', () => {
    const expected = Object.fromEntries(
      STATES.map((state) => [
        state,
        Object.fromEntries(
          EVENTS.map((event) => {
            const next = LINK_TRANSITIONS[state][event]
            return [event, next === 'Refused' ? '-' : next]
          }),
        ),
      ]),
    )
    expect(specTable(specText)).toEqual(expected)
  })
})
