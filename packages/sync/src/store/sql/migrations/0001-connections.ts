import type { Migration } from './migration.ts'

/** Who is connected to whom, under which settings, and with which sealed login. */
export const connections: Migration = {
  name: '0001-connections',
  statements: [
    `create table tandem.connection (
      id text primary key,
      position bigint generated always as identity,
      name text not null,
      zoho jsonb not null,
      xero jsonb not null,
      data_centre text not null,
      zgid text not null,
      tenant_id text not null,
      settings jsonb not null,
      generation integer not null,
      state text not null,
      paused_code text,
      reference jsonb,
      reference_at bigint,
      first_sync_done boolean not null default false
    )`,
    // R03: one Zoho org and one Xero tenant, strictly one to one; ends that are not known yet take nothing
    `create unique index connection_zoho on tandem.connection (data_centre, zgid) where zgid <> ''`,
    `create unique index connection_xero on tandem.connection (tenant_id) where tenant_id <> ''`,
    `create table tandem.connection_lease (
      connection_id text primary key,
      owner text not null,
      lease_until bigint not null,
      fence bigint not null
    )`,
    `create table tandem.mapping_version (
      connection_id text not null,
      version bigint generated always as identity,
      generation integer not null,
      settings jsonb not null,
      saved_at bigint not null,
      primary key (connection_id, version)
    )`,
    `create table tandem.credential (
      id text primary key,
      system text not null,
      app_id text not null,
      remote_user_id text not null,
      sealed text not null,
      rotation bigint not null,
      claim_owner text,
      claim_until bigint,
      unique (system, app_id, remote_user_id)
    )`,
    `create table tandem.schedule (
      connection_id text not null,
      name text not null,
      cron text not null,
      settings jsonb not null default '{}',
      primary key (connection_id, name)
    )`,
    `create table tandem.budget (
      connection_id text not null,
      system text not null,
      day text not null,
      day_left integer,
      minute_left integer,
      corrected_at bigint not null,
      primary key (connection_id, system)
    )`,
  ],
}
