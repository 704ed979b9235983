import type { Migration } from './migration.ts'

/** What needs a person, what was said, and what comes in and goes out by webhook. */
export const inbox: Migration = {
  name: '0004-inbox',
  statements: [
    `create table tandem.hold (
      id text primary key,
      connection_id text not null,
      identity text not null,
      type text not null,
      plan_id text,
      link_id text,
      kind text not null,
      code text not null,
      title text not null,
      detail jsonb not null,
      refs jsonb not null,
      opened_at bigint not null,
      unique (connection_id, identity)
    )`,
    `create index hold_of_link on tandem.hold (connection_id, link_id)`,
    `create table tandem.conflict (
      id text primary key,
      connection_id text not null,
      link_id text not null,
      kind text not null,
      title text not null,
      field text not null,
      base jsonb,
      zoho jsonb,
      xero jsonb,
      policy text not null,
      winner text,
      state text not null,
      opened_at bigint not null
    )`,
    `create index conflict_unsettled on tandem.conflict (connection_id, link_id) where state <> 'closed'`,
    `create table tandem.event (
      connection_id text not null,
      sequence bigint not null,
      at bigint not null,
      run_id text,
      link_id text,
      type text not null,
      detail jsonb,
      detail_digest text not null,
      hash text not null,
      is_purged boolean not null default false,
      primary key (connection_id, sequence)
    )`,
    // one row to lock: the chain has one writer at a time, lane or person
    `create table tandem.event_head (
      connection_id text primary key,
      sequence bigint not null,
      hash text not null
    )`,
    `create table tandem.mismatch (
      id text primary key,
      connection_id text not null,
      link_id text,
      kind text not null,
      found_at bigint not null,
      detail jsonb not null,
      proposed_op jsonb,
      settled_at bigint
    )`,
    `create table tandem.inbound_webhook (
      id bigint generated always as identity primary key,
      system text not null,
      delivery_key text not null,
      body text not null,
      received_at bigint not null,
      processed_at bigint,
      unique (system, delivery_key)
    )`,
    `create index inbound_webhook_waiting on tandem.inbound_webhook (id) where processed_at is null`,
    `create table tandem.outbound_webhook (
      id text primary key,
      connection_id text not null,
      url text not null,
      event_type text not null,
      body text not null,
      attempts integer not null default 0,
      next_attempt_at bigint,
      delivered_at bigint,
      created_at bigint not null
    )`,
  ],
}
