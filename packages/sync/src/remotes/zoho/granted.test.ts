import { expect, test } from 'vitest'
import { missingScopes } from './granted.ts'
import { scopesFor } from './scopes.ts'

const TASKS = scopesFor({ collections: ['Tasks'], deletesIn: [] }).filter(({ scope }) => scope.includes('.tasks.'))
const missing = (...granted: string[]) => missingScopes(TASKS, granted).map(({ scope }) => scope.split('.').at(-1))

// Catches: an old sign-in taken for a good one, whose first task pauses the whole connection; or a good one refused.
test.each([
  ['nothing said', [], []],
  ['other modules alone', ['ZohoCRM.modules.invoices.ALL'], ['READ', 'CREATE', 'UPDATE']],
  ['to read alone', ['ZohoCRM.modules.Tasks.READ'], ['CREATE', 'UPDATE']],
  ['to read and write', ['ZohoCRM.modules.tasks.READ', 'ZohoCRM.modules.tasks.WRITE'], []],
  ['all of tasks', ['zohocrm.modules.tasks.all'], []],
  ['all modules', ['ZohoCRM.modules.ALL'], []],
  ['modules of one kind to read', ['ZohoCRM.modules.READ'], ['CREATE', 'UPDATE']],
  ['a module of nearly that name', ['ZohoCRM.modules.task.ALL'], ['READ', 'CREATE', 'UPDATE']],
])('a sign-in with %s lacks what it lacks', (_name, granted, lacking) => {
  expect(missing(...granted)).toEqual(lacking)
})

test('tasks are asked for only where they are wanted, and their fields and keys with them', () => {
  const asked = scopesFor({ collections: ['Invoices'], deletesIn: [] })
  expect(asked.some(({ scope }) => scope.includes('tasks'))).toBe(false)
  expect(TASKS.map(({ scope }) => scope)).toEqual([
    'ZohoCRM.modules.tasks.READ',
    'ZohoCRM.modules.tasks.CREATE',
    'ZohoCRM.modules.tasks.UPDATE',
  ])
})
