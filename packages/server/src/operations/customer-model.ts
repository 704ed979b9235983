import { createHash } from 'node:crypto'
import type { CustomerModel } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { previewRelinks, type Relink } from '@tandem/sync/relink-preview.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ModelChangeRequest, RelinkPreviewView } from '../views/customer-model.ts'
import { storeSettings } from './connections.ts'
import { findConnection } from './find.ts'

/** What another customer model would re-link; nothing is changed (R13). */
export async function previewCustomerModel(
  tandem: Tandem,
  id: string,
  customerModel: CustomerModel,
): Promise<Answer<RelinkPreviewView>> {
  const found = await findConnection(tandem, id)
  return found.type === 'ok' ? previewOf(tandem, found.value, customerModel) : found
}

/** Takes the preview that a person has seen; what has moved since is shown anew first. */
export async function changeCustomerModel(
  tandem: Tandem,
  id: string,
  { customerModel, preview }: ModelChangeRequest,
): Promise<Answer<ConnectionSettings>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const shown = await previewOf(tandem, found.value, customerModel)
  if (shown.type === 'problem') return shown
  if (shown.value.preview !== preview)
    return problem(
      'notPossible',
      'What this change would re-link is not what you have seen.',
      `Look at it once more: tandem customer-model show ${customerModel}.`,
    )
  return storeSettings(tandem, found.value, { ...found.value.settings, customerModel })
}

async function previewOf(
  tandem: Tandem,
  connection: Connection,
  customerModel: CustomerModel,
): Promise<Answer<RelinkPreviewView>> {
  const { store, chance, gateway } = tandem
  const openRemotes = gateway.openRemotes.bind(gateway)
  const outcome = await previewRelinks({ store, chance, openRemotes }, connection, customerModel)
  switch (outcome.type) {
    case 'busy':
      return problem('busy', 'A run of this connection is going on.', 'Try again when it has ended.')
    case 'failed':
      return problem('remoteRefused', `The CRM could not be read: ${outcome.message}.`, 'Nothing was changed.')
    case 'preview': {
      const relinks = outcome.preview.relinks.map(relinkView)
      const { unchanged } = outcome.preview
      const view = { from: connection.settings.customerModel, to: customerModel, relinks, unchanged }
      return answer({ ...view, preview: digestOf(view) })
    }
  }
}

function relinkView({ title, xeroId, from, to, code }: Relink): RelinkPreviewView['relinks'][number] {
  return {
    title,
    xeroId,
    from: { collection: from.collection, id: from.remoteId },
    to: to === null ? null : { collection: to.collection, id: to.remoteId, title: to.title },
    code,
  }
}

function digestOf(view: Omit<RelinkPreviewView, 'preview'>): string {
  return createHash('sha256').update(JSON.stringify(view)).digest('hex').slice(0, 16)
}
