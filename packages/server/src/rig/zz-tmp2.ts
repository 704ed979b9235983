import { createEngineRig } from './engine-rig.ts'
import { readStates } from './oracle-state.ts'
const rig = await createEngineRig({ rate: 200, profile: {contacts:120,items:40,invoices:100,seed:3} })
await rig.syncApproved()
const s = await readStates(rig)
const c = s.xero.contacts.find(c=>c.texts.Name==='Barossa Printing Pty Ltd')!
console.log(c.status,c.isCustomer,c.isSupplier, c.id)
for (const i of s.xero.invoices.filter(i=>i.contactId===c.id)) console.log(i.type,i.status,i.number,i.total,i.reference)
for (const i of await rig.store.reports.inbox(rig.connectionId)) if (i.kind==='invoice'||i.title.includes('Barossa')) console.log(i.kind,i.code,i.title,JSON.stringify(i.detail).slice(0,200))
await rig.close()
