import type { Migration } from './migration.ts'

/**
 * Links, parts and marks. No foreign keys on the hot tables: every write goes through one lane, and a check per row
 * would cost as much as the row. Room is left on the pages so that updates of unindexed columns stay in place.
 */
export const links: Migration = {
  name: '0002-links',
  statements: [
    `create table tandem.link (
      id text primary key,
      connection_id text not null,
      kind text not null,
      state text not null,
      generation integer not null,
      attempts integer not null default 0,
      next_attempt_at bigint,
      last_code text,
      lines jsonb not null default '[]'
    ) with (fillfactor = 80)`,
    `create index link_of_kind on tandem.link (connection_id, kind)`,
    `create table tandem.link_part (
      position bigint generated always as identity,
      connection_id text not null,
      link_id text not null,
      side text not null,
      collection text not null,
      remote_id text,
      role text not null,
      version text,
      shadow jsonb not null,
      seen_sweep bigint not null default 0
    ) with (fillfactor = 70)`,
    // I2: the database itself forbids a record in two links
    // (remote_id first: the planner must never walk a whole connection because it has no statistics yet)
    `create unique index link_part_record on tandem.link_part (remote_id, connection_id, side, collection)
      where remote_id is not null`,
    `create unique index link_part_place on tandem.link_part (link_id, side, collection, role) where remote_id is null`,
    `create index link_part_of_link on tandem.link_part (link_id)`,
    `create table tandem.dirty (
      connection_id text not null,
      side text not null,
      collection text not null,
      remote_id text not null,
      kind text not null,
      token text not null,
      since bigint not null,
      due_at bigint not null,
      reason text not null,
      owner_plan text,
      owner_link text,
      owner_hold text,
      primary key (remote_id, connection_id, side, collection)
    ) with (fillfactor = 70)`,
    `create index dirty_free on tandem.dirty (connection_id, since) where owner_plan is null and owner_hold is null`,
    `create table tandem.cursor (
      connection_id text not null,
      side text not null,
      collection text not null,
      feed text not null,
      high_water text collate "C" not null,
      primary key (connection_id, side, collection, feed)
    )`,
    `create table tandem.sweep (
      connection_id text not null,
      side text not null,
      collection text not null,
      sweep bigint not null,
      resume_at text,
      started_at bigint not null,
      finished_at bigint,
      primary key (connection_id, side, collection)
    )`,
  ],
}
