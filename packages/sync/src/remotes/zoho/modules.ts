import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import { isValueObject } from '../../model/value.ts'
import type { NewZohoModule } from '../contract.ts'
import type { ZohoClient } from './client.ts'
import { unreadableAnswer } from './codec.ts'
import { refuseProblem } from './problem.ts'
import { judgeRow } from './row-outcome.ts'
import { objectsOf, textOf } from './wire.ts'

/** A custom module is dear (zoho-crm.md 2.1). */
const MODULE_CREDITS = 500

/** One custom module, seen by whoever has the connected user's profile (zoho-crm.md 5). */
export async function createCustomModule(
  client: ZohoClient,
  module: NewZohoModule,
): Promise<RemoteOutcome<RowOutcome>> {
  const profileId = await fetchProfileId(client)
  if (profileId.type !== 'ok') return profileId
  const wanted = {
    singular_label: module.singular,
    plural_label: module.plural,
    api_name: module.apiName,
    profiles: [{ id: profileId.value }],
    display_field: { field_label: 'Name', data_type: 'text' },
  }
  const outcome = await client.call({
    method: 'POST',
    path: '/settings/modules',
    effect: 'write',
    purpose: 'settings.createModule',
    credits: MODULE_CREDITS,
    body: JSON.stringify({ modules: [wanted] }),
  })
  if (outcome.type !== 'ok') return outcome
  const [element] = objectsOf(outcome.value.body?.modules)
  const { problem } = outcome.value
  if (element !== undefined) return ok(judgeRow(element, 'create'))
  return problem === null ? unreadableAnswer('the new module') : refuseProblem(problem, module.plural)
}

async function fetchProfileId(client: ZohoClient): Promise<RemoteOutcome<string>> {
  const path = '/users?type=CurrentUser'
  const outcome = await client.read({ method: 'GET', path, effect: 'read', purpose: 'users' }, 'the connected user')
  if (outcome.type !== 'ok') return outcome
  const profile = objectsOf(outcome.value?.users)[0]?.profile
  const id = isValueObject(profile) ? textOf(profile.id) : ''
  return id === '' ? unreadableAnswer("the connected user's profile") : ok(id)
}
