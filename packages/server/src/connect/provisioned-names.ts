import type { Provisioned } from '@tandem/sync/model/settings.ts'

/** Api names of CRM fields by role or module; '' where there is none. */
type Names = Readonly<Record<string, string>>

/** All that connect has made in the CRM, always in the same order. A group that is left out here does not compile. */
export function groupsOf({
  xeroId,
  deletedInXero,
  payment,
  creditNote,
  account,
  bill,
  ...names
}: Provisioned): readonly Names[] {
  return [xeroId, deletedInXero, payment, creditNote, account, bill, { ...names }]
}

/** As a person reads them: the fields that name the partner with their modules, each other name once. */
export function provisionedNames(provisioned: Provisioned): readonly string[] {
  const { xeroId } = provisioned
  // The product of service lines is a record, no field.
  const others: Provisioned = { ...provisioned, xeroId: {}, serviceProductId: '' }
  const links = Object.entries(xeroId).map(([module, name]) => `${module}.${name}`)
  const names = groupsOf(others).flatMap((group) => Object.values(group))
  return [...links, ...new Set(names.filter((name) => name !== ''))]
}
