import { z } from 'zod'
import { xeroAct } from '../../src/rig/acts.ts'
import { type EngineRig, type RigOptions, ZOHO_ORIGIN } from '../../src/rig/engine-rig.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { atRest, crmInvoice, pairOf } from './invoice-scene.ts'
import { provisionedFor } from './leads.ts'
import { syncedCompany } from './small-company.ts'

const lookup = z.object({ id: z.string() }).nullish()
const taskSchema = z.looseObject({
  id: z.string(),
  Subject: z.string(),
  Due_Date: z.string().nullish(),
  Status: z.string(),
  Owner: lookup,
  What_Id: lookup,
  $se_module: z.string().nullish(),
  Xero_Reminder: z.string().nullish(),
})
const stateSchema = z.object({ records: z.looseObject({ Tasks: z.array(taskSchema) }) })
export type Task = z.infer<typeof taskSchema>

/** An approved invoice of 100 that falls due on the 25th, in a company that wants tasks about what is overdue. */
export async function lateScene(options: RigOptions & { readonly since?: string; readonly isOn?: boolean } = {}) {
  const { since = '2026-11-20', isOn = true, ...rest } = options
  // No other invoice: nothing else falls due.
  const rig = await syncedCompany({ ...rest, profile: { invoices: 0 } })
  if (isOn) await switchOn(rig, since)
  const crm = await crmInvoice(rig, { Due_Date: '2026-11-25' })
  await atRest(rig)
  const scene = { rig, crmId: crm.id }
  await inBooks(scene, { action: 'approve' })
  forgetRequests(rig)
  return scene
}

interface Scene {
  readonly rig: EngineRig
  readonly crmId: string
}

/** As the operation does that a person starts: the field first, then the setting. */
export async function switchOn(rig: EngineRig, since: string): Promise<void> {
  await provisionedFor(rig, ['Tasks'])
  await rig.change((settings) => ({
    ...settings,
    overdueTasks: { isOn: true, since },
  }))
}

export async function inBooks({ rig, crmId }: Scene, deed: Readonly<Record<string, unknown>> & { action: string }) {
  await xeroAct(rig, { ...deed, id: (await pairOf(rig, crmId)).books.id })
  await atRest(rig)
}

export async function daysLater({ rig }: Pick<Scene, 'rig'>, days: number): Promise<void> {
  await rig.clock.advance(days * 86_400_000)
  await atRest(rig)
}

export async function tasksOf({ rig }: Pick<Scene, 'rig'>): Promise<readonly Task[]> {
  const answer = await rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`))
  return stateSchema.parse(await answer.json()).records.Tasks
}

/** The one that there is. */
export async function theTask(scene: Pick<Scene, 'rig'>): Promise<Task> {
  const [task, ...others] = await tasksOf(scene)
  if (task === undefined || others.length > 0) throw new Error(`${others.length + (task ? 1 : 0)} tasks, not one`)
  return task
}
