import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { expect, test } from 'vitest'
import { testConnection } from '../../test/test-tandem.ts'
import { passFor } from './jobs.ts'

const ready: Connection = { ...testConnection('c1'), firstSyncDone: true }

test('before a person has approved the first sync, the worker walks nothing by itself (C16)', () => {
  expect(passFor('pass.lists', { ...ready, firstSyncDone: false }, null)).toBeNull()
})

test('a first sync that a crash cut short goes on with its approved plan', () => {
  const pass = passFor('pass.recover', { ...ready, firstSyncDone: false }, 'plan-1')
  expect(pass).toMatchObject({ approvedPlanId: 'plan-1', until: 'sync' })
})

test('a paused or disconnected connection is left alone', () => {
  expect(passFor('pass.marks', { ...ready, state: 'paused' }, null)).toBeNull()
  expect(passFor('pass.marks', { ...ready, state: 'disconnected' }, null)).toBeNull()
})

test('kinds that are switched off are not in scope', () => {
  const item = { ...DEFAULT_SETTINGS.kinds.item, isOn: false }
  const settings = { ...DEFAULT_SETTINGS, kinds: { ...DEFAULT_SETTINGS.kinds, item } }
  expect(passFor('pass.lists', { ...ready, settings }, null)?.scope.kinds).toEqual(['contact', 'invoice'])
})
