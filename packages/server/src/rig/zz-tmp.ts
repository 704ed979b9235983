import { createEngineRig } from '/work/main/packages/server/src/rig/engine-rig.ts'
import { judge, faultsOf } from '/work/main/packages/server/src/rig/oracle.ts'
const [c,i,n,seed]=process.argv.slice(2).map(Number)
const rig = await createEngineRig({ rate: 200, profile: {contacts:c,items:i,invoices:n,seed:seed??7} })
const r = await rig.syncApproved(); console.log(r.type, JSON.stringify((r as any).report))
let v = await judge(rig); console.log(v.pairs, faultsOf(v), 'explained', v.explained)
for (let k=0;k<2;k++){ await rig.clock.advance(10_000); const a=await rig.pass(); if((a as any).planId) for (const o of await rig.store.reports.planOps((a as any).planId)) console.log(o.state,o.kind,o.side,o.verb,o.role,o.title,JSON.stringify(o.changes).slice(0,300)); console.log(a.type, JSON.stringify((a as any).report.writes), (a as any).report.skipped) }
v = await judge(rig); console.log(v.pairs, faultsOf(v), 'explained', v.explained)
await rig.close()
