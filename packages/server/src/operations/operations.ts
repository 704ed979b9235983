import { type ConsentDesk, createConsentDesk } from '../connect/desk.ts'
import type { Tandem } from '../tandem.ts'
import { listChoices } from './choices.ts'
import { listConflicts } from './conflicts.ts'
import { disconnect, listConnections, readSettings, saveSettings, showConnection } from './connections.ts'
import type { Operations } from './contract.ts'
import { changeCustomerModel, previewCustomerModel } from './customer-model.ts'
import { examine } from './doctor.ts'
import { listInbox, resolveItem } from './inbox.ts'
import { checkMapping, listPresets, readCatalogue, readMapping, saveMapping, testMapping } from './mapping.ts'
import { approvePlan, listPlans, showPlan } from './plans.ts'
import { listEvents, listRuns, runOps, showRun } from './runs.ts'
import { createTaskBoard } from './tasks.ts'
import { startTask } from './tasks-start.ts'

export interface LocalOperations extends Operations {
  /** Where OAuth callbacks of this process arrive. */
  readonly desk: ConsentDesk
}

/** The operations on the database that this process has open. */
export function createOperations(tandem: Tandem): LocalOperations {
  const board = createTaskBoard(tandem.chance)
  const desk = createConsentDesk(tandem)
  return {
    desk,
    connections: () => listConnections(tandem),
    connection: (id) => showConnection(tandem, id),
    disconnect: (id) => disconnect(tandem, id),
    settings: (id) => readSettings(tandem, id),
    saveSettings: (id, settings) => saveSettings(tandem, id, settings),
    choices: (id) => listChoices(tandem, id),
    mapping: (id) => readMapping(tandem, id),
    checkMapping: (id, document) => checkMapping(tandem, id, document),
    saveMapping: (id, document) => saveMapping(tandem, id, document),
    testMapping: (id, request) => testMapping(tandem, id, request),
    mappingPresets: (id) => listPresets(tandem, id),
    mappingCatalogue: (id) => readCatalogue(tandem, id),
    previewCustomerModel: (id, model) => previewCustomerModel(tandem, id, model),
    changeCustomerModel: (id, request) => changeCustomerModel(tandem, id, request),
    startTask: (request) => startTask(tandem, board, request),
    task: (id, after) => board.read(id, after),
    plans: (connectionId) => listPlans(tandem, connectionId),
    plan: (id) => showPlan(tandem, id),
    approve: (planId) => approvePlan(tandem, planId),
    runs: (ask) => listRuns(tandem, ask),
    run: (id) => showRun(tandem, id),
    runOps: (id) => runOps(tandem, id),
    inbox: (connectionId) => listInbox(tandem, connectionId),
    resolve: (itemId, resolution) => resolveItem(tandem, itemId, resolution),
    conflicts: (ask) => listConflicts(tandem, ask),
    events: (ask) => listEvents(tandem, ask),
    startConsent: async (request) => desk.start(request),
    consent: (state) => desk.watch(state),
    chooseTenant: (tenant) => desk.chooseTenant(tenant),
    doctor: () => examine(tandem),
  }
}
