import type { Migration } from './migration.ts'

/** Runs, plans, intended writes and what was sent. An op's state is in no index, so that its two updates stay in place. */
export const plans: Migration = {
  name: '0003-plans',
  statements: [
    `create table tandem.run (
      id text primary key,
      position bigint generated always as identity,
      connection_id text not null,
      trigger text not null,
      scope jsonb not null,
      started_at bigint not null,
      fence bigint not null,
      plan_id text,
      outcome text not null,
      code text,
      finished_at bigint,
      report jsonb
    )`,
    `create index run_of_connection on tandem.run (connection_id, position)`,
    `create table tandem.plan (
      id text primary key,
      position bigint generated always as identity,
      connection_id text not null,
      run_id text not null,
      state text not null,
      created_at bigint not null,
      hold_code text,
      counts jsonb not null
    )`,
    `create index plan_of_connection on tandem.plan (connection_id, position)`,
    `create table tandem.op (
      id text primary key,
      connection_id text not null,
      run_id text not null,
      plan_id text not null,
      link_id text not null,
      sequence integer not null,
      kind text not null,
      side text not null,
      collection text not null,
      role text not null,
      verb text not null,
      remote_id text,
      title text not null,
      -- JSON text: nobody looks into it here, and as jsonb it takes a third longer to write
      body text not null,
      state text not null,
      code text,
      message text,
      fence bigint not null,
      dispatch_id text,
      sent_at bigint,
      settle_after bigint
    ) with (fillfactor = 60)`,
    `create index op_of_plan on tandem.op (plan_id, sequence)`,
    `create index op_of_link on tandem.op (link_id)`,
    `create index op_delete on tandem.op (connection_id, kind, side) where verb = 'delete'`,
    `create table tandem.dispatch (
      id text primary key,
      connection_id text not null,
      run_id text not null,
      side text not null,
      idempotency_key text not null,
      method text not null,
      path text not null,
      body text not null,
      op_ids text[] not null,
      sent_at bigint not null,
      settle_after bigint not null,
      is_settled boolean not null default false
    )`,
    // unsettled ops are found through their few open dispatches
    `create index dispatch_open on tandem.dispatch (connection_id) where not is_settled`,
  ],
}
