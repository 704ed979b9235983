import type { MappingPreset } from '@tandem/sync/mapping/document/presets.ts'
import type { CustomerModel } from '@tandem/sync/model/kind.ts'
import type { MappingDocument } from '@tandem/sync/model/mapping-document.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import type { Answer } from '../problem.ts'
import type { ChoicesView } from '../views/choices.ts'
import type { ConnectionView, ConsentStartView, ConsentView, DoctorView } from '../views/connection.ts'
import type { ModelChangeRequest, RelinkPreviewView } from '../views/customer-model.ts'
import type {
  MappingCatalogueView,
  MappingCheckView,
  MappingTestRequest,
  MappingTestView,
  SavedMappingView,
} from '../views/mapping.ts'
import type {
  ConflictView,
  EventView,
  InboxItemView,
  OpView,
  PlanDetailView,
  PlanView,
  RunView,
} from '../views/report.ts'
import type { ResolutionRequest } from '../views/resolution.ts'
import type { TaskRequest, TaskView } from '../views/task.ts'

/**
 * Everything that a person can do, once: the API calls it, the CLI calls it when it owns the database, and
 * `cli/remote.ts` offers the same over HTTP while a server runs.
 */
export interface Operations {
  connections(): Promise<Answer<readonly ConnectionView[]>>
  connection(id: string): Promise<Answer<ConnectionView>>
  disconnect(id: string): Promise<Answer<ConnectionView>>
  settings(id: string): Promise<Answer<ConnectionSettings>>
  /** Takes the whole settings object; anything malformed is a problem that names the place, and nothing is stored. */
  saveSettings(id: string, settings: unknown): Promise<Answer<ConnectionSettings>>

  /** What both organisations offer to choose from in the settings. */
  choices(id: string): Promise<Answer<ChoicesView>>
  /** What a person has mapped beside the default fields (R19 to R22). */
  mapping(id: string): Promise<Answer<MappingDocument>>
  checkMapping(id: string, document: unknown): Promise<Answer<MappingCheckView>>
  saveMapping(id: string, document: unknown): Promise<Answer<SavedMappingView>>
  testMapping(id: string, request: MappingTestRequest): Promise<Answer<MappingTestView>>
  mappingPresets(id: string): Promise<Answer<readonly MappingPreset[]>>
  mappingCatalogue(id: string): Promise<Answer<MappingCatalogueView>>
  /** What another customer model would re-link (R13); the change takes the preview's name. */
  previewCustomerModel(id: string, model: CustomerModel): Promise<Answer<RelinkPreviewView>>
  changeCustomerModel(id: string, request: ModelChangeRequest): Promise<Answer<ConnectionSettings>>

  /** Starts a pass in the background; `task` tells how it goes. */
  startTask(request: TaskRequest): Promise<Answer<TaskView>>
  /** Progress after a number; waits up to ten seconds for news. */
  task(id: string, after: number): Promise<Answer<TaskView>>

  plans(connectionId: string | undefined): Promise<Answer<readonly PlanView[]>>
  plan(id: string): Promise<Answer<PlanDetailView>>
  approve(planId: string): Promise<Answer<PlanView>>

  runs(ask: { readonly connectionId: string | undefined; readonly limit: number }): Promise<Answer<readonly RunView[]>>
  run(id: string): Promise<Answer<RunView>>
  runOps(id: string): Promise<Answer<readonly OpView[]>>

  inbox(connectionId: string | undefined): Promise<Answer<readonly InboxItemView[]>>
  resolve(itemId: string, resolution: ResolutionRequest): Promise<Answer<null>>
  /** Fields that both sides changed, or that differed at the first link; resolved ones too, newest first. */
  conflicts(ask: {
    readonly connectionId: string | undefined
    readonly limit: number
  }): Promise<Answer<readonly ConflictView[]>>
  events(ask: {
    readonly connectionId: string | undefined
    readonly limit: number
  }): Promise<Answer<readonly EventView[]>>

  startConsent(request: ConsentRequest): Promise<Answer<ConsentStartView>>
  /** Waits up to ten seconds for the person to come back. */
  consent(state: string): Promise<Answer<ConsentView>>
  /** Picks one of several organisations of a Xero consent. */
  chooseTenant(tenant: string): Promise<Answer<ConsentView>>

  doctor(): Promise<Answer<DoctorView>>
}

export interface ConsentRequest {
  readonly system: Side
  /** `renew` signs in again for an organisation that has a connection already. */
  readonly purpose: 'connect' | 'renew'
  /** Zoho: ask for the right to tasks as well, before tasks about overdue invoices are switched on (R38c). */
  readonly tasks?: boolean | undefined
}
