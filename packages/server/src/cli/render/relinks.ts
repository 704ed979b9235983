import { codeText } from '@tandem/sync/model/code-texts.ts'
import type { CustomerModel } from '@tandem/sync/model/kind.ts'
import type { RelinkPreviewView } from '../../views/customer-model.ts'
import { table } from './table.ts'
import { plural } from './words.ts'

/** As people read it (C8: never a bare "Accounts"). */
export const MODEL_NAMES: Readonly<Record<CustomerModel, string>> = {
  accountsWithPersons: 'Companies (CRM Accounts) with their persons',
  accountsAlone: 'Companies (CRM Accounts) without their persons',
  contactsAlone: 'Persons (CRM Contacts)',
}

/** What another customer model would re-link, line by line, and how to go on. */
export function relinkLines({ from, to, relinks, unchanged, preview }: RelinkPreviewView): readonly string[] {
  const moved = relinks.filter((one) => one.to !== null)
  const asked = relinks.filter((one) => one.to === null)
  return [
    `${MODEL_NAMES[from]} -> ${MODEL_NAMES[to]}`,
    `${plural(moved.length, 'customer')} would be re-linked, ${asked.length} would wait for you, ${unchanged} stay as they are.`,
    ...(moved.length === 0
      ? []
      : table([
          ['Customer in Xero', 'now', 'then'],
          ...moved.map((one) => [
            one.title,
            placeOf(one.from),
            `${placeOf(one.to ?? one.from)} ${one.to?.title ?? ''}`,
          ]),
        ])),
    ...asked.map(
      (one) => `${one.title} (${placeOf(one.from)}): ${one.code === null ? '' : codeText(one.code, 'en').cause}`,
    ),
    `To do it: tandem customer-model set ${to} --preview ${preview}`,
  ]
}

function placeOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return `${collection === 'Accounts' ? 'company' : 'person'} ${id}`
}
