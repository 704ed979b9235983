import type { Mutant } from './mutant.ts'

const TASKS = 'packages/server/test/engine/overdue-tasks.test.ts'
const PLAN_TEST = 'packages/sync/src/plan/overdue-task.test.ts'
const PLAN_TASK = 'packages/sync/src/plan/overdue-task.ts'

/** Guards of tasks about overdue invoices: one per due date, and nothing closed that a person works with (R38c). */
export const OVERDUE_TASK_MUTANTS: readonly Mutant[] = [
  {
    name: 'task-not-looked-for',
    guard: 'a task whose create had no answer is looked for by its key before it is made again',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/tasks.ts',
        find: 'const found = keys.size === 0 ? []',
        replace: 'const found = keys.size >= 0 ? []',
      },
    ],
    caughtBy: [{ type: 'test', path: TASKS, name: 'by a key that Zoho does not keep unique' }],
  },
  {
    name: 'touched-task-closed',
    guard: 'a task that a person has touched is left to that person',
    invariant: 'I3',
    patches: [
      {
        file: PLAN_TASK,
        find: '|| !isUntouched(part, record, at)) return []',
        replace: '|| (!isUntouched(part, record, at) && part.remoteId === null)) return []',
      },
    ],
    caughtBy: [{ type: 'test', path: PLAN_TEST, name: 'with other words' }],
  },
  {
    name: 'deleted-task-forgotten',
    guard: 'a task that is deleted stays a part of its link: it is not made again for that due date',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-link.ts',
        find: "['main', 'deal', 'task']",
        replace: "['main', 'deal']",
      },
    ],
    caughtBy: [{ type: 'test', path: TASKS, name: 'deleted by a person it is not made again' }],
  },
]
