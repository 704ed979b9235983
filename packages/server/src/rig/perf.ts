import { createEngineRig } from './engine-rig.ts'

const shape = process.argv[2] as any
const n = Number(process.argv[3] ?? 1000)
const rig = await createEngineRig({ rate: 600, profile: { contacts: n, items: n / 5, invoices: n * 2, shape } })
rig.xero.control.log.clear()
const cpu = () => {
  const c = process.cpuUsage()
  return Math.round((c.user + c.system) / 1000)
}
let c0 = cpu()
let t0 = Date.now()
const step = (name: string, r: any) => {
  console.log(
    name,
    r.type,
    r.code ?? '',
    'real',
    Date.now() - t0,
    'cpu',
    cpu() - c0,
    JSON.stringify(r.report ?? r).slice(0, 1400),
  )
  c0 = cpu()
  t0 = Date.now()
}
const planned = await rig.pass()
step('plan', planned)
if (planned.type === 'held') {
  await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
  step('apply', await rig.pass())
}
await rig.clock.advance(10_000)
step('again', await rig.pass())
await rig.clock.advance(10_000)
step('again2', await rig.pass())
await rig.clock.advance(10_000)
step('again3', await rig.pass())
const inbox = await rig.store.reports.inbox(rig.connectionId)
const by: Record<string, number> = {}
for (const i of inbox) by[`${i.type} ${i.kind} ${i.code}`] = (by[`${i.type} ${i.kind} ${i.code}`] ?? 0) + 1
console.log(by, process.memoryUsage().rss / 1e6)
for (const i of inbox.slice(0, 5)) console.log(i.kind, i.code, i.title, JSON.stringify(i.detail).slice(0, 300))
const state = await (await rig.xero.app.fetch(new Request('http://localhost:4020/__sandbox/state'))).json()
console.log(JSON.stringify((state as any).limits))
console.log(
  await (
    await rig.xero.app.fetch(
      new Request(`http://localhost:4020/__sandbox/floor?contacts=${n}&items=${n / 5}&invoices=${n * 2}`),
    )
  ).text(),
)
await rig.close()
