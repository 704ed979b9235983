import { SETTINGS } from '@tandem/sync/mapping/testing.ts'
import { expect, test } from 'vitest'
import { provisionedNames } from './provisioned-names.ts'

// Catches: "[object Object]" among the fields that connect tells of, because a kind brought a group of its own.
test('every field that connect has made is named once, those of each kind as well', () => {
  const { provisioned } = SETTINGS
  const names = provisionedNames({ ...provisioned, serviceProductId: '4411' })
  expect(names).toContain(`Invoices.${provisioned.xeroId.Invoices}`)
  const groups = [provisioned.payment, provisioned.creditNote, provisioned.account, provisioned.bill]
  for (const name of groups.flatMap((group) => Object.values(group))) if (name !== '') expect(names).toContain(name)
  expect(names.filter((name) => name.includes('object') || name === '4411' || name === '')).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})
