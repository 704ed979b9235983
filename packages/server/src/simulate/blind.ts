import type { BothStates } from '../rig/oracle-state.ts'

const OF_PEOPLE = /^contact (\d+) \/ [^:]*: (?:email|firstName|lastName|mobile|persons):/

/**
 * The company whose people a fault is about, if one of them was changed unseen (restored from the recycle bin, which
 * moves no version): the fault names the company alone.
 */
export function isOfUnseenPerson(fault: string, { zoho }: BothStates, unseen: ReadonlySet<string>): boolean {
  const company = OF_PEOPLE.exec(fault)?.[1]
  return zoho.records.Contacts.some((person) => person.Account_Name === company && unseen.has(person.id))
}
