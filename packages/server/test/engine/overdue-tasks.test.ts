import type { EnginePorts } from '@tandem/sync/engine.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { zohoAct, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig, RigOptions } from '../../src/rig/engine-rig.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { faultOn } from './fault-list.ts'
import { atRest, inboxOf, pairOf, writesTo } from './invoice-scene.ts'
import { loseAnswers } from './lose-answers.ts'
import { daysLater, inBooks, lateScene, switchOn, tasksOf, theTask } from './overdue-tasks.ts'
import { passWith } from './pass-with.ts'

const NONE = { count: 0, percent: 0 }

let rig: EngineRig
let scene: Awaited<ReturnType<typeof lateScene>>
afterEach(() => rig.close())

async function begin(options: Parameters<typeof lateScene>[0] = {}) {
  scene = await lateScene(options)
  rig = scene.rig
}

/* A task for the owner of an invoice that becomes overdue (R38c). */

describe('a due date that passes', () => {
  // Catches: nobody told of what is owed, told each day anew, or told of another invoice.
  test('gives the owner of the CRM invoice one task, and no more as days go by', async () => {
    await begin()
    await daysLater(scene, 5)
    expect(await tasksOf(scene)).toEqual([])
    await daysLater(scene, 1)
    const { crm, books } = await pairOf(rig, scene.crmId)
    const task = await theTask(scene)
    expect(task).toMatchObject({
      Subject: `Overdue: ${books.number}, 100.00 AUD due`,
      Due_Date: '2026-11-26',
      Status: 'Not Started',
      What_Id: { id: scene.crmId },
      $se_module: 'Invoices',
    })
    expect(task.Owner?.id).toBe(ownerIn(crm))
    expect(crm.Xero_Payment_State).toBe('Overdue')
    forgetRequests(rig)
    await daysLater(scene, 1)
    await daysLater(scene, 30)
    expect(await tasksOf(scene)).toHaveLength(1)
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: a task that the preview does not show, or that is made before somebody has approved it (I9).
  test('stands in the preview, with the invoice and the amount', async () => {
    await begin()
    await rig.clock.advance(6 * 86_400_000)
    const planned = await rig.pass({ until: 'plan' })
    if (planned.type !== 'held') throw new Error(`Expected a preview, not ${planned.type}`)
    expect(await tasksOf(scene)).toEqual([])
    const ops = (await rig.store.reports.planOps(planned.planId)).filter(({ collection }) => collection === 'Tasks')
    expect(ops).toMatchObject([{ verb: 'create', side: 'zoho', role: 'task', kind: 'invoice' }])
    expect(ops[0]?.changes.find(({ field }) => field === 'taskSubject')?.after).toMatch(
      /^Overdue: .+, 100\.00 AUD due$/,
    )
    await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
    await rig.pass({ approvedPlanId: planned.planId })
    await atRest(rig)
    expect((await theTask(scene)).What_Id?.id).toBe(scene.crmId)
  })

  test('gives none where that is switched off, and asks Zoho for no tasks', async () => {
    await begin({ isOn: false })
    await daysLater(scene, 6)
    expect((await pairOf(rig, scene.crmId)).crm.Xero_Payment_State).toBe('Overdue')
    expect(await tasksOf(scene)).toEqual([])
    expect(rig.zoho.control.log.list().filter(({ path, body }) => `${path}${body}`.includes('Tasks'))).toEqual([])
  })

  // Catches: a hundred tasks about old debts on the day on which somebody switches this on.
  test('before this was switched on gives none, also when the invoice changes later; the next one does', async () => {
    await begin({ isOn: false })
    await daysLater(scene, 6)
    await switchOn(rig, '2026-11-26')
    await inBooks(scene, { action: 'editInvoice', fields: { Reference: 'looked at' } })
    await daysLater(scene, 1)
    expect(await tasksOf(scene)).toEqual([])
    await inBooks(scene, { action: 'editInvoice', fields: { DueDate: '2026-11-28' } })
    await daysLater(scene, 2)
    expect((await theTask(scene)).Subject).toMatch(/100\.00 AUD due$/)
  })

  // Catches: a day that a person has chosen on purpose, and of whose invoices nobody ever hears.
  test('that is older comes with a sweep, where a person has chosen an earlier day', async () => {
    await begin({ isOn: false })
    await daysLater(scene, 6)
    await switchOn(rig, '2026-11-01')
    await atRest(rig)
    expect(await tasksOf(scene)).toEqual([])
    await rig.pass({ detect: 'sweep' })
    await rig.pass({ detect: 'sweep' })
    expect(await tasksOf(scene)).toHaveLength(1)
  })

  // Catches: a thousand tasks because a clock was set ahead, or a day typed wrongly, before anybody has seen them (I9).
  test('makes no more at once than the rail allows: then a person looks first', async () => {
    await begin()
    await rig.change((settings) => ({ ...settings, guard: { ...settings.guard, creates: NONE } }))
    await rig.clock.advance(6 * 86_400_000)
    const held = await rig.pass({ trigger: 'schedule' })
    expect(held).toMatchObject({ type: 'held', code: 'tooManyCreates' })
    expect(await tasksOf(scene)).toEqual([])
    if (held.type !== 'held') return
    await rig.store.reports.approvePlan(held.planId, rig.ports.clock.now())
    await rig.pass({ approvedPlanId: held.planId })
    expect(await tasksOf(scene)).toHaveLength(1)
  })
})

describe('when nothing is owed any more', () => {
  test.each([
    ['paid', { action: 'pay', date: '2026-11-26' }],
    ['voided', { action: 'void' }],
  ])('%s: the task that nobody has touched is completed, once', async (_name, deed) => {
    await begin()
    await daysLater(scene, 6)
    await inBooks(scene, deed)
    expect((await theTask(scene)).Status).toBe('Completed')
    forgetRequests(rig)
    await daysLater(scene, 1)
    expect(writesSeen(rig)).toEqual([])
  })

  // Catches: the day on which many pay held as a mass change.
  test('is no mass change', async () => {
    await begin()
    await daysLater(scene, 6)
    await rig.change((settings) => ({ ...settings, guard: { ...settings.guard, updates: NONE, sameValue: NONE } }))
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect((await theTask(scene)).Status).toBe('Completed')
  })

  // Catches: somebody's note, or somebody's word on where it stands, closed under their hands.
  test.each([
    ['another subject', { Subject: 'I have called them twice' }],
    ['another status', { Status: 'In Progress' }],
    ['another day', { Due_Date: '2026-12-24' }],
    ['a note alone', { Description: 'They pay on Friday' }],
  ])('a task with %s stays as the person left it', async (_name, values) => {
    await begin()
    await daysLater(scene, 6)
    const { id, Status } = await theTask(scene)
    await zohoEdit(rig, { module: 'Tasks', id }, values)
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect(await theTask(scene)).toMatchObject({ Status, ...values })
    expect(writesTo(rig, 'zoho').filter(({ path, method }) => path.includes('Tasks') && method === 'PUT')).toEqual([])
  })

  test('a task that a person has completed is not written again', async () => {
    await begin()
    await daysLater(scene, 6)
    await zohoEdit(rig, { module: 'Tasks', id: (await theTask(scene)).id }, { Status: 'Completed' })
    forgetRequests(rig)
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect(writesTo(rig, 'zoho').filter(({ path }) => path.includes('Tasks'))).toEqual([])
  })
})

describe('one task per due date, ever', () => {
  // Catches: a task that comes back each time somebody throws it away.
  test('deleted by a person it is not made again, also when the invoice changes; another due date is another one', async () => {
    await begin()
    await daysLater(scene, 6)
    await zohoAct(rig, { action: 'delete', module: 'Tasks', id: (await theTask(scene)).id })
    await daysLater(scene, 1)
    await inBooks(scene, { action: 'editInvoice', fields: { Reference: 'looked at' } })
    await daysLater(scene, 1)
    expect(await tasksOf(scene)).toEqual([])
    await inBooks(scene, { action: 'editInvoice', fields: { DueDate: '2026-11-30' } })
    await daysLater(scene, 4)
    expect((await theTask(scene)).Subject).toMatch(/100\.00 AUD due$/)
  })

  test('a due date that is moved and passes again makes no second one beside an open one', async () => {
    await begin()
    await daysLater(scene, 6)
    await inBooks(scene, { action: 'editInvoice', fields: { DueDate: '2026-11-30' } })
    await daysLater(scene, 6)
    expect((await pairOf(rig, scene.crmId)).crm.Xero_Payment_State).toBe('Overdue')
    const task = await theTask(scene)
    await zohoEdit(rig, { module: 'Tasks', id: task.id }, { Status: 'Completed' })
    await inBooks(scene, { action: 'editInvoice', fields: { DueDate: '2026-12-05' } })
    await daysLater(scene, 6)
    expect((await tasksOf(scene)).map(({ Status }) => Status).sort()).toEqual(['Completed', 'Not Started'])
    await inBooks(scene, { action: 'pay', date: '2026-12-08' })
    expect((await tasksOf(scene)).map(({ Status }) => Status)).toEqual(['Completed', 'Completed'])
  })
})

describe('trouble on the way', () => {
  const withoutUnique: RigOptions['prepare'] = ({ zoho }) => {
    zoho.control.switches.set('uniqueOnTasks', 'NOT_SUPPORTED')
  }
  // Catches: a second task because the answer to the first was lost, where Zoho itself would take both (I2).
  test.each([
    ['that Zoho keeps unique', undefined],
    ['that Zoho does not keep unique', withoutUnique],
  ])('a lost answer: the task is found again by a key %s, and is ours', async (_name, prepare) => {
    await begin(prepare === undefined ? {} : { prepare })
    loseAnswers(rig, 'zoho', 'Tasks')
    await daysLater(scene, 6)
    expect(await tasksOf(scene)).toHaveLength(1)
    await rig.clock.advance(16 * 60_000)
    await atRest(rig)
    await daysLater(scene, 1)
    expect(await tasksOf(scene)).toHaveLength(1)
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect((await theTask(scene)).Status).toBe('Completed')
  })

  // Catches: a task left open for ever, because its invoice was paid before anybody knew that it had been made.
  test('a lost answer, and the invoice is paid before it is found again: completed', async () => {
    await begin()
    loseAnswers(rig, 'zoho', 'Tasks')
    await daysLater(scene, 6)
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect((await theTask(scene)).Status).toBe('Not Started')
    await rig.clock.advance(16 * 60_000)
    await atRest(rig)
    expect((await theTask(scene)).Status).toBe('Completed')
  })

  test.each(['before', 'after'] as const)('a process that dies right %s it is sent: one task', async (when) => {
    await begin({ prepare: withoutUnique })
    await rig.clock.advance(6 * 86_400_000)
    await expect(passWith(rig, dyingAtTasks(when))).rejects.toThrow('killed')
    expect(await tasksOf(scene)).toHaveLength(when === 'before' ? 0 : 1)
    await rig.clock.advance(16 * 60_000)
    await atRest(rig)
    await atRest(rig)
    expect((await theTask(scene)).What_Id?.id).toBe(scene.crmId)
    expect((await pairOf(rig, scene.crmId)).crm.Xero_Payment_State).toBe('Overdue')
  })

  // Catches: a task that Zoho refuses taking the invoice itself along.
  test('a refusal is told, and the invoice goes on', async () => {
    await begin()
    const row = { code: 'INVALID_DATA', details: { api_name: 'Owner' }, message: 'no such owner', status: 'error' }
    const effect = { type: 'respond', status: 400, body: JSON.stringify({ data: [row] }), headers: {} } as const
    rig.zoho.control.faults.add(faultOn({ name: 'refused', side: 'zoho', effect, times: 9 }, 'Tasks'))
    await daysLater(scene, 6)
    expect(await inboxOf(rig)).toHaveLength(1)
    expect(await tasksOf(scene)).toEqual([])
    expect((await pairOf(rig, scene.crmId)).crm.Xero_Payment_State).toBe('Overdue')
    await inBooks(scene, { action: 'pay', date: '2026-11-26' })
    expect((await pairOf(rig, scene.crmId)).crm.Xero_Payment_State).toBe('Paid')
    expect(await inboxOf(rig)).toEqual([])
  })

  /** The ports of a process that ends there. */
  function dyingAtTasks(when: 'before' | 'after'): EnginePorts {
    const { ports } = rig
    return {
      ...ports,
      openRemotes: async (...of) => {
        const remotes = await ports.openRemotes(...of)
        return {
          ...remotes,
          zoho: {
            ...remotes.zoho,
            send: async (prepared, key) => {
              if (prepared.collection !== 'Tasks') return remotes.zoho.send(prepared, key)
              if (when === 'after') await remotes.zoho.send(prepared, key)
              throw new Error('killed')
            },
          },
        }
      },
    }
  }
})

function ownerIn(crm: object): unknown {
  const owner: unknown = Reflect.get(crm, 'Owner')
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, 'id') : undefined
}
