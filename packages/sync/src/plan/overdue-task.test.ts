import { describe, expect, test } from 'vitest'
import { inputOf, subjectOf } from '../../test/engine/plan-input.ts'
import { print, shadowOf, ZOHO_USER } from '../../test/engine/records.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import type { TaskRules } from '../mapping/contract.ts'
import { textAt } from '../mapping/record-fields.ts'
import { contextOf, recordOf, SETTINGS } from '../mapping/testing.ts'
import type { LinkPart } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { KindSettings } from '../model/settings.ts'
import type { ValueObject } from '../model/value.ts'
import { planChunk } from './plan-chunk.ts'
import type { TaskFact } from './task-facts.ts'

const VALUES = { name: 'A', phone: '1' }

/** Due while the Xero record says `late`, over while it says `paid`; a task says one text and is open or done. */
const RULES: TaskRules = {
  collection: 'Tasks',
  occasion: ({ fields }) => textAt(fields, 'due'),
  isDue: ({ fields }) => textAt(fields, 'state') === 'late',
  isOver: ({ fields }) => textAt(fields, 'state') === 'paid',
  lookup: (linkId, occasion) => ({ collection: 'Tasks', key: { field: 'Key', value: `${linkId}/${occasion}` } }),
  told: () => [
    { field: 'says', value: 'Call', payload: { Says: 'Call' } },
    { field: 'is', value: 'open', payload: { Is: 'open' } },
  ],
  shown: ({ fields }) => [
    { field: 'says', value: textAt(fields, 'Says') },
    { field: 'is', value: textAt(fields, 'Is') },
  ],
  isOpen: ({ fields }) => textAt(fields, 'Is') === 'open',
  completion: () => ({ field: 'is', value: 'done', payload: { Is: 'done' } }),
}

function taskOf(fields: ValueObject = {}, modifiedBy = ZOHO_USER): RemoteRecord {
  return { ...recordOf('zoho', 'Tasks', { Says: 'Call', Is: 'open', ...fields }, 't1'), modifiedBy }
}

/** One that we made for this due date. */
function made(due: string, record: RemoteRecord | null): TaskFact {
  const shadow = shadowOf({ taskOccasion: due, says: 'Call', is: 'open' })
  const part: LinkPart = { side: 'zoho', collection: 'Tasks', role: 'task', remoteId: 't1', version: null, shadow }
  return { part, record }
}

interface Scene {
  readonly state?: 'late' | 'paid' | 'open'
  readonly made?: readonly TaskFact[]
  readonly found?: RemoteRecord | null
  readonly direction?: KindSettings['direction']
}

function planned({ state = 'late', made: facts = [], found = null, direction = 'both' }: Scene) {
  const subject = subjectOf('1', {
    zoho: VALUES,
    xero: { ...VALUES, state, due: '2026-11-20' },
    base: { zoho: VALUES, xero: VALUES },
    subject: { tasks: { made: facts, found } },
  })
  const { kinds } = SETTINGS
  const settings = { ...SETTINGS, kinds: { ...kinds, item: { ...kinds.item, direction } } }
  const context = { ...contextOf(), settings }
  const { ops, linkChanges } = planChunk(
    inputOf({ mapping: toyMapping({ tasks: RULES }), context, subjects: [subject] }),
    0,
  )
  return { ops, added: linkChanges.flatMap(({ addParts }) => addParts) }
}

// Catches: a task too many, or one closed that a person works with (R38c, I2, I3).
describe('a task', () => {
  test('is made with the key that finds it again', () => {
    const { ops } = planned({})
    expect(ops).toMatchObject([
      {
        verb: 'create',
        role: 'task',
        collection: 'Tasks',
        payload: { Says: 'Call', Is: 'open', Key: 'L1/2026-11-20' },
        naturalKey: { field: 'Key', value: 'L1/2026-11-20' },
      },
    ])
  })
  test.each<[string, number, Scene]>([
    ['nothing is due', 0, { state: 'open' }],
    ['one is open, whatever it was made for', 0, { made: [made('2026-10-01', taskOf())] }],
    ['one was made for this date and is done', 0, { made: [made('2026-11-20', taskOf({ Is: 'done' }))] }],
    ['one was made for this date and is deleted', 0, { made: [made('2026-11-20', null)] }],
    ['one was made for another date and is done', 1, { made: [made('2026-10-01', taskOf({ Is: 'done' }))] }],
    ['one was made for another date and is deleted', 1, { made: [made('2026-10-01', null)] }],
    ['it was found again', 0, { found: taskOf() }],
    ['nothing is to go that way', 0, { direction: 'zohoToXero' }],
  ])('where %s: %i are made', (_name, count, scene) => {
    expect(planned(scene).ops.filter(({ verb }) => verb === 'create')).toHaveLength(count)
  })
  test.each<[string, number, Scene]>([
    ['as we made it', 1, { made: [made('2026-11-20', taskOf())] }],
    ['of an earlier date too', 1, { made: [made('2026-10-01', taskOf())] }],
    ['found again', 1, { found: taskOf() }],
    ['done already', 0, { made: [made('2026-11-20', taskOf({ Is: 'done' }))] }],
    ['deleted', 0, { made: [made('2026-11-20', null)] }],
    ['with other words', 0, { made: [made('2026-11-20', taskOf({ Says: 'Later' }))] }],
    ['that somebody else wrote last', 0, { made: [made('2026-11-20', taskOf({}, 'a person'))] }],
    ['found again, and somebody else wrote it last', 0, { found: taskOf({}, 'a person') }],
    ['when nothing is to go that way', 0, { made: [made('2026-11-20', taskOf())], direction: 'zohoToXero' }],
  ])('%s: %i completed once nothing is owed', (_name, count, scene) => {
    const { ops } = planned({ ...scene, state: 'paid' })
    expect(ops).toHaveLength(count)
    for (const op of ops) expect(op).toMatchObject({ verb: 'update', remoteId: 't1', payload: { Is: 'done' } })
  })
  test('that is found again is a part of the link, with what it was made for', () => {
    const { added } = planned({ found: taskOf() })
    expect(added).toMatchObject([{ role: 'task', remoteId: 't1' }])
    expect(added[0]?.shadow.taskOccasion?.print).toBe(print('"2026-11-20"'))
  })
})
