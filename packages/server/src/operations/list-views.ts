import type { Language } from '@tandem/sync/model/code-texts.ts'
import type { PaymentState } from '@tandem/sync/model/invoice-settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'

/** Something that no API can do for a person (zoho-crm.md 5): what it is for, and how it is done, line by line. */
export interface HandTask {
  readonly title: string
  readonly steps: readonly string[]
}

/** Words of the task in one language. Values of the fields stay as they stand in the CRM. */
interface Words {
  readonly title: string
  /** Where in Zoho CRM, once for all four. */
  readonly open: string
  readonly views: Readonly<Record<PaymentState, string>>
  /** Before the criteria of one view. */
  view(name: string): string
  is(field: string, value: string): string
  isNothing(field: string): string
  isSomething(field: string): string
  /** How three numbered criteria are joined. */
  readonly pattern: string
  readonly done: string
}

const ENGLISH: Words = {
  title: 'Make four list views of invoices by what is paid: Zoho lets no app make them.',
  open: 'In Zoho CRM open Invoices, then the list of views at the top left, then "New Custom View". Make these four:',
  views: { Paid: 'Paid', Unpaid: 'Unpaid', 'Partly paid': 'Partly paid', Overdue: 'Overdue' },
  view: (name) => `"${name}", shared with everyone, with the criteria: `,
  is: (field, value) => `${field} is ${value}`,
  isNothing: (field) => `${field} = 0`,
  isSomething: (field) => `${field} > 0`,
  pattern: 'criteria pattern: 1 or (2 and 3)',
  done: 'Then tick it off: tandem settings set listViews=made',
}

const GERMAN: Words = {
  title: 'Vier Listenansichten der Rechnungen nach Zahlungsstand anlegen: Zoho lässt das keine App tun.',
  open: 'In Zoho CRM Rechnungen öffnen, oben links die Liste der Ansichten, dann „Neue benutzerdefinierte Ansicht“. Diese vier anlegen:',
  views: { Paid: 'Bezahlt', Unpaid: 'Unbezahlt', 'Partly paid': 'Teilweise bezahlt', Overdue: 'Überfällig' },
  view: (name) => `„${name}“, für alle freigegeben, mit den Kriterien: `,
  is: (field, value) => `${field} ist ${value}`,
  isNothing: (field) => `${field} = 0`,
  isSomething: (field) => `${field} > 0`,
  pattern: 'Kriterienmuster: 1 oder (2 und 3)',
  done: 'Danach abhaken: tandem settings set listViews=made',
}

const FRENCH: Words = {
  title: 'Créer quatre vues de liste des factures selon leur paiement : Zoho ne le permet à aucune application.',
  open: 'Dans Zoho CRM, ouvrir Factures, puis la liste des vues en haut à gauche, puis « Nouvelle vue personnalisée ». Créer ces quatre vues :',
  views: { Paid: 'Payées', Unpaid: 'Impayées', 'Partly paid': 'Partiellement payées', Overdue: 'En retard' },
  view: (name) => `« ${name} », partagée avec tous, avec les critères : `,
  is: (field, value) => `${field} est ${value}`,
  isNothing: (field) => `${field} = 0`,
  isSomething: (field) => `${field} > 0`,
  pattern: 'modèle de critères : 1 ou (2 et 3)',
  done: 'Ensuite, cocher la tâche : tandem settings set listViews=made',
}

const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, de: GERMAN, fr: FRENCH }

/** Everything that waits for a person's own hands in Zoho CRM. */
export function handTasks(connection: Connection, language: Language): readonly HandTask[] {
  const task = listViewsTask(connection, language)
  return task === null ? [] : [task]
}

/**
 * The four list views that Zoho's API cannot make (R38b), as a task with their exact criteria; null where there is
 * nothing to make them by, or a person has made them. A late invoice is in the view of what has come of it, and overdue.
 */
function listViewsTask(connection: Connection, language: Language): HandTask | null {
  const { settings } = connection
  const { paymentState, amountPaid } = settings.provisioned
  if (!settings.kinds.invoice.isOn || paymentState === '' || settings.listViews === 'made') return null
  const words = WORDS[language]
  const state = labelOf(connection, paymentState)
  const paid = amountPaid === '' ? null : labelOf(connection, amountPaid)
  const view = (name: PaymentState, criteria: string) => words.view(words.views[name]) + criteria
  return {
    title: words.title,
    steps: [
      words.open,
      view('Paid', words.is(state, 'Paid')),
      view('Unpaid', lateToo(words, { state, name: 'Unpaid', money: paid === null ? null : words.isNothing(paid) })),
      view(
        'Partly paid',
        lateToo(words, { state, name: 'Partly paid', money: paid === null ? null : words.isSomething(paid) }),
      ),
      view('Overdue', words.is(state, 'Overdue')),
      words.done,
    ],
  }
}

interface LateToo {
  readonly state: string
  readonly name: PaymentState
  /** What tells apart which of the late ones belong here; null where the field is not there. */
  readonly money: string | null
}

function lateToo(words: Words, { state, name, money }: LateToo): string {
  const first = words.is(state, name)
  if (money === null) return first
  return `(1) ${first}; (2) ${words.is(state, 'Overdue')}; (3) ${money}; ${words.pattern}`
}

/** As Zoho's criteria editor calls the field: an admin may have renamed it. */
function labelOf({ reference }: Connection, apiName: string): string {
  const field = reference?.zoho.fields.Invoices?.find((one) => one.apiName === apiName)
  return `"${field?.label ?? apiName.replaceAll('_', ' ')}"`
}
