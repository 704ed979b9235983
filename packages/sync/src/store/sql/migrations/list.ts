import { connections } from './0001-connections.ts'
import { links } from './0002-links.ts'
import { plans } from './0003-plans.ts'
import { inbox } from './0004-inbox.ts'
import { told } from './0005-told.ts'
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [connections, links, plans, inbox, told]
