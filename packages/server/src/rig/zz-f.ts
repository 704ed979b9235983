import { createEngineRig } from './engine-rig.ts'
import { faultsOf, judge } from './oracle.ts'
const [coll, type] = process.argv.slice(2)
const rig = await createEngineRig({ rate: 1000, profile: { contacts: 24, items: 8, invoices: 16, seed: 4 } })
const planned: any = await rig.pass()
await rig.store.reports.approvePlan(planned.planId, rig.ports.clock.now())
rig.zoho.control.faults.add({ effect: type==='500' ? {type:'respond',status:500,body:'no',headers:{}} : {type:'dropAfter'}, method:'POST', path:`/crm/v8/${coll}$`, skip:0,times:1})
const a: any = await rig.pass({ approvedPlanId: planned.planId })
console.log(a.type, JSON.stringify(a.report?.created), a.report?.refused, a.report?.dropped)
for (const o of await rig.store.reports.planOps(planned.planId)) if (o.state!=='confirmed') console.log(' ', o.state,o.code,o.side,o.collection,o.verb,o.role,o.title)
for (let i=0;i<4;i++) { await rig.clock.advance(90_000); const r:any = await rig.pass(); console.log(r.type, r.planId, JSON.stringify(r.report?.writes), JSON.stringify(r.report?.skipped)); 
 for (const o of await rig.store.reports.planOps(planned.planId)) if (o.state!=='confirmed') console.log(' ', o.state,o.code,o.side,o.collection,o.verb,o.role,o.title)
 if (r.planId) for (const o of await rig.store.reports.planOps(r.planId)) console.log('   n', o.state,o.code,o.side,o.collection,o.verb,o.role,o.title, JSON.stringify(o.changes).slice(0,200)) }
console.log(faultsOf(await judge(rig)))
await rig.close()
