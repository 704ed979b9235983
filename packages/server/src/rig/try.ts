import { createEngineRig } from './engine-rig.ts'

const rig = await createEngineRig({
  rate: 200,
  profile: {
    contacts: Number(process.argv[2] ?? 40),
    items: Number(process.argv[3] ?? 15),
    invoices: Number(process.argv[4] ?? 30),
  },
})
const t0 = Date.now()
const planned = await rig.pass()
console.log('planned', planned.type, Date.now() - t0, JSON.stringify(planned).slice(0, 1500))
if (planned.type === 'held') {
  const inbox = await rig.store.reports.inbox(rig.connectionId)
  const by: Record<string, number> = {}
  for (const i of inbox) by[`${i.kind} ${i.code}`] = (by[`${i.kind} ${i.code}`] ?? 0) + 1
  console.log(by)
  for (const i of inbox.slice(0, Number(process.argv[5] ?? 5)))
    console.log(i.kind, i.code, i.title, JSON.stringify(i.detail).slice(0, 300))
  const ops = await rig.store.reports.planOps(planned.planId)
  console.log(ops.length, JSON.stringify(ops[0], null, 1).slice(0, 1200))
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  const applied = await rig.pass()
  console.log('applied', Date.now() - t0, JSON.stringify(applied).slice(0, 1500))
  for (let n = 0; n < 3; n += 1) {
    await rig.clock.advance(10_000)
    const again = await rig.pass()
    console.log('again', Date.now() - t0, JSON.stringify(again).slice(0, 1200))
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    const by: Record<string, number> = {}
    for (const i of inbox) by[`${i.type} ${i.kind} ${i.code}`] = (by[`${i.type} ${i.kind} ${i.code}`] ?? 0) + 1
    console.log(by)
    if (again.type === 'held') {
      const ops = await rig.store.reports.planOps(again.planId)
      for (const o of ops.slice(0, 6))
        console.log(o.kind, o.side, o.verb, o.title, JSON.stringify(o.changes).slice(0, 400))
    }
  }
  for (const i of (await rig.store.reports.inbox(rig.connectionId)).filter((i) => i.type === 'refusal').slice(0, 8))
    console.log(i.kind, i.code, i.title, JSON.stringify(i.detail).slice(0, 400))
}
await rig.close()
