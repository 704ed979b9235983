import { describe, expect, test } from 'vitest'
import { inputOf, subjectOf } from '../../test/engine/plan-input.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import type { Removal } from '../mapping/removal.ts'
import { contextOf, SETTINGS } from '../mapping/testing.ts'
import type { RecordRef } from '../model/record.ts'
import type { KindSettings } from '../model/settings.ts'
import { planChunk } from './plan-chunk.ts'

const VALUES = { name: 'OLD', phone: '1' }
const X1: RecordRef = { side: 'xero', collection: 'Items', remoteId: 'x1' }
const Z1: RecordRef = { side: 'zoho', collection: 'Products', remoteId: 'z1' }
const VOID: Removal = {
  type: 'remove',
  from: 'AUTHORISED',
  to: 'VOIDED',
  payload: { Status: 'VOIDED' },
  consent: 'Sure?',
}
const DRAFT: Removal = { type: 'remove', from: 'DRAFT', to: 'DELETED', payload: {}, consent: null }

interface Scene {
  readonly removal?: Removal
  readonly isOn?: boolean
  readonly isTold?: boolean
  readonly agreed?: readonly RecordRef[]
  readonly phone?: string
  readonly direction?: KindSettings['direction']
}

/** A product that is gone in the CRM, its item as it is. */
function planned({ removal = DRAFT, isOn = true, isTold = true, agreed = [], phone = '1', direction = 'both' }: Scene) {
  const { kinds } = SETTINGS
  const item = { ...kinds.item, direction, xero: { ...kinds.item.xero, delete: isOn } }
  const subject = subjectOf('1', {
    zoho: VALUES,
    xero: { ...VALUES, phone },
    base: { zoho: VALUES, xero: VALUES },
    subject: {
      gone: [Z1],
      isDeletionTold: isTold,
      agreed,
      zoho: { side: 'zoho', main: null, primary: null, persons: [] },
    },
  })
  const context = { ...contextOf(), settings: { ...SETTINGS, kinds: { ...kinds, item } } }
  return planChunk(inputOf({ mapping: toyMapping({ removal: () => removal }), context, subjects: [subject] }), 0)
}

// Catches: a delete of ours that nobody has allowed, agreed to, or can be sure of (R12c, C7).
describe('a record that is gone in the CRM', () => {
  test('is deleted in Xero where that is switched on', () => {
    const { ops, holds } = planned({})
    expect(ops).toMatchObject([
      { verb: 'delete', side: 'xero', remoteId: 'x1', changes: [{ before: 'DRAFT', after: 'DELETED' }] },
    ])
    expect(holds).toEqual([])
  })
  test.each<[string, Scene, string]>([
    ['switched off', { isOn: false }, 'recordGone'],
    ['against the direction', { direction: 'xeroToZoho' }, 'recordGone'],
    ['not told as deleted', { isTold: false }, 'deletionUnproven'],
    ['paid', { removal: { type: 'refused', code: 'deletePaid', detail: 'paid' } }, 'deletePaid'],
    ['to be voided, and nobody has agreed', { removal: VOID }, 'deleteNeedsConsent'],
    ['agreed of another record', { removal: VOID, agreed: [Z1] }, 'deleteNeedsConsent'],
    ['edited in Xero since', { phone: '2' }, 'targetDeleted'],
  ])('%s: held, and nothing is written', (_name, scene, code) => {
    const { ops, holds } = planned(scene)
    expect(ops).toEqual([])
    expect(holds).toMatchObject([{ code }])
  })
  test('agreed to: voided', () => {
    expect(planned({ removal: VOID, agreed: [X1] }).ops).toMatchObject([
      { verb: 'delete', payload: { Status: 'VOIDED' } },
    ])
  })
  test('put away in Xero as well: nothing is left of the link', () => {
    const { ops, holds, linkChanges } = planned({ removal: { type: 'ended' } })
    expect([ops, holds]).toEqual([[], []])
    expect(linkChanges).toMatchObject([{ event: 'bothSidesGone' }])
  })
})
