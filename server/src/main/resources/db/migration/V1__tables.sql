-- The tables of the platform, and who may touch them.
--
-- Two roles work on them, neither of which owns them. tieout_app is what a user's request runs as: row-level security
-- shows it the projects of the user whose id the transaction has set, and nothing where none is set. tieout_worker is
-- what jobs, sign-in and upkeep run as. Partitions are granted to nobody: they are reached through their parents.

--
-- Whoever signs in owns the tables and becomes one of the two for each transaction, but has neither's rights until
-- then: where that is forgotten, row-level security, being forced on owners too, shows nothing.
--
-- Texts that are searched or sorted by are collated "C", by their bytes, whatever the database's own collation is.

do $$
declare
  name text;
begin
  foreach name in array array['tieout_app', 'tieout_worker'] loop
    -- Roles belong to the server: another database, now or before, or an administrator may have made them.
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin', name);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
    if current_setting('server_version_num')::int >= 160000 then
      if not pg_has_role(current_user, name, 'set') or pg_has_role(current_user, name, 'usage') then
        begin
          execute format('grant %I to current_user with inherit false, set true', name);
        exception when insufficient_privilege then
          null; -- an administrator has granted it already, and with more than is needed
        end;
      end if;
    elsif not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to current_user', name);
    end if;
  end loop;
end $$;
grant usage on schema public to tieout_app, tieout_worker;

-- ---------------------------------------------------------------- users and how they sign in

create table users (
  id            uuid primary key,
  kind          text not null default 'person' check (kind in ('person', 'service')),
  email         text collate "C" check (email = lower(email)),
  name          text collate "C" not null,
  password_hash text,
  administrator boolean not null default false,
  created_at    timestamptz not null default now(),
  disabled_at   timestamptz,
  version       int not null default 1,
  unique (email),
  check (kind = 'service' or email is not null),
  check (kind = 'person' or (email is null and password_hash is null and not administrator))
);

-- What a link in a mail or a terminal opens, once: the first administrator, an invitation, a forgotten password.
create table invitations (
  token_hash bytea primary key,
  purpose    text not null check (purpose in ('bootstrap', 'invite', 'reset')),
  user_id    uuid references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  check ((purpose = 'bootstrap') = (user_id is null))
);

create table sessions (
  id           uuid primary key,
  user_id      uuid not null references users on delete cascade,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  revoked_why  text check (revoked_why in ('logout', 'reuse', 'password', 'disabled', 'expired')),
  check ((revoked_at is null) = (revoked_why is null))
);

create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  issued_at  timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- ---------------------------------------------------------------- projects

create table projects (
  id         uuid primary key,
  name       text collate "C" not null,
  four_eyes  boolean not null default false,
  created_by uuid not null references users,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  version    int not null default 1
);

create table project_members (
  project_id uuid not null references projects on delete cascade,
  user_id    uuid not null references users on delete cascade,
  role       text not null check (role in ('viewer', 'reviewer', 'editor', 'owner')),
  added_by   uuid not null references users,
  added_at   timestamptz not null default now(),
  primary key (project_id, user_id)
);

-- A machine's way in: a user of kind service, a member of one project, known by a token instead of a password.
create table service_tokens (
  id           uuid primary key,
  project_id   uuid not null references projects on delete cascade,
  user_id      uuid not null references users on delete cascade,
  name         text not null,
  token_hash   bytea not null unique,
  created_by   uuid not null references users,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

-- ---------------------------------------------------------------- data sources and their records

-- A part of a large table that one data source or job has to itself, or 0, the part that small ones share.
create sequence segments as int start 1;

create table data_sources (
  id             uuid primary key,
  number         bigint generated always as identity unique,
  project_id     uuid not null references projects,
  name           text collate "C" not null,
  file_name      text,
  status         text not null default 'loading' check (status in ('loading', 'ready', 'failed', 'cancelled')),
  format         text,
  options        jsonb not null default '{}',
  key_column     text,
  size_bytes     bigint not null,
  digest         bytea not null,
  record_count   bigint not null default 0,
  rejected_count bigint not null default 0,
  columns        jsonb not null default '[]',
  segment        int,
  node_id        uuid not null,
  progress       numeric(5, 4) not null default 0,
  failure        jsonb,
  created_by     uuid not null references users,
  created_at     timestamptz not null default now(),
  finished_at    timestamptz,
  deleted_at     timestamptz,
  cancel_requested_at timestamptz
);

create table data_source_rejects (
  data_source_id uuid not null references data_sources on delete cascade,
  number         int not null,
  project_id     uuid not null,
  line           bigint not null,
  row_number     bigint not null,
  column_name    text not null,
  reason         text not null,
  primary key (data_source_id, number)
);

-- One row of a data source as it was written: its cells in the order of the source's columns, packed as PackedCells says;
-- their kinds where the format tells more than text.
create table reconciliation_records (
  segment       int not null,
  source_number bigint not null,
  row_number    int not null,
  line          bigint not null,
  project_id    uuid not null,
  key           text,
  cells         bytea not null,
  kinds         bytea
) partition by list (segment);
create table reconciliation_records_shared partition of reconciliation_records for values in (0);

-- ---------------------------------------------------------------- reconciliations and their jobs

create table reconciliations (
  id                   uuid primary key,
  project_id           uuid not null references projects,
  name                 text collate "C" not null,
  left_data_source_id  uuid not null references data_sources,
  right_data_source_id uuid not null references data_sources,
  plan_version         int not null default 1,
  max_rejects          int not null default 0,
  carry_forward        boolean not null default false,
  schedule             text,
  time_zone            text not null default 'UTC',
  next_run_at          timestamptz,
  created_by           uuid not null references users,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  deleted_at           timestamptz,
  version              int not null default 1
);

create table reconciliation_plans (
  reconciliation_id uuid not null references reconciliations on delete cascade,
  version           int not null,
  project_id        uuid not null,
  plan_text         text not null,
  canonical         text not null,
  digest            bytea not null,
  created_by        uuid not null references users,
  created_at        timestamptz not null default now(),
  primary key (reconciliation_id, version)
);

create table reconciliation_jobs (
  id                   uuid primary key,
  number               bigint generated always as identity unique,
  project_id           uuid not null references projects,
  reconciliation_id    uuid not null references reconciliations,
  plan_version         int not null,
  left_data_source_id  uuid not null references data_sources,
  right_data_source_id uuid not null references data_sources,
  max_rejects          int not null,
  carried_from_job_id  uuid references reconciliation_jobs,
  trigger              text not null check (trigger in ('person', 'service', 'schedule')),
  status               text not null default 'queued'
                       check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  phase                text,
  progress             numeric(5, 4) not null default 0,
  remaining_seconds    int,
  attempt              int not null default 0,
  node_id              uuid,
  cancel_requested_at  timestamptz,
  counts               jsonb,
  control_totals       jsonb,
  digests              jsonb,
  digest               text,
  seconds              jsonb,
  failure              jsonb,
  segment              int,
  result_count         bigint not null default 0,
  request_id           text not null,
  started_by           uuid not null references users,
  queued_at            timestamptz not null default now(),
  started_at           timestamptz,
  finished_at          timestamptz
);

-- What the results of a job come to: at its end, and now, as decisions are taken. Whoever decides holds its row until
-- they are done, so decisions on one job follow each other.
--
-- Amounts of results are whole numbers of 10^-amount_scale.
create table reconciliation_outcomes (
  job_number           bigint primary key references reconciliation_jobs (number),
  job_id               uuid not null unique references reconciliation_jobs on delete cascade,
  project_id           uuid not null,
  reconciliation_id    uuid not null,
  left_data_source_id  uuid not null,
  right_data_source_id uuid not null,
  carried_from_job_id  uuid,
  segment              int not null,
  stored_at            timestamptz not null default now(),
  next_position        bigint not null,
  plan                 text not null,
  passes               text[] not null,
  fields               text[] not null,
  amount_field         text,
  amount_scale         int not null,
  date_field           text,
  -- For each input of a side, from when on its records are known.
  left_since           date[] not null,
  right_since          date[] not null,
  at_end               jsonb not null,
  now                  jsonb not null
);

-- Results of one job that are alike in what they can be told apart by. Its number is that of the job, times 2^20, plus
-- its own in the job. Shelves of kind `member` hold the records of matches of more than two records.
create table reconciliation_result_shelves (
  shelf          bigint primary key,
  project_id     uuid not null,
  kind           text not null check (kind in ('break', 'match', 'member')),
  status         text not null,
  side           text not null,
  break_kind     text not null,
  pass           int not null,
  cardinality    text not null,
  ambiguous      boolean not null,
  currency       text not null,
  other_currency text not null,
  sign           int not null check (sign in (-1, 0, 1)),
  first_count    bigint not null,
  result_count   bigint not null check (result_count >= 0)
);

-- A match or a break, at its place: the number of the job, times 2^34, plus its position in the job. The positions at
-- the end of a job are the order in which a reviewer would take its results: breaks, suggested matches, confirmed ones,
-- larger amounts first. What decisions add comes after them.
--
-- Of a match, key, amount, day and record are the left one's and the other ones the right one's; of a break they are its
-- own, and the other ones those of its nearest record. Its weight is the amount without its sign, negated, so that the
-- heaviest come first; 1 where there is none. A match of more than two records has the totals and the first keys, and
-- its records are rows at the same place, in shelves of their own.
create table reconciliation_results (
  segment       int not null,
  place         bigint not null,
  shelf         bigint not null,
  project_id    uuid not null,
  weight        bigint not null,
  other_amount  bigint,
  record        bigint,
  other_record  bigint,
  differing     bigint,
  day           int not null,
  other_day     int,
  score         int,
  key           text collate "C" not null,
  other_key     text collate "C",
  linked        bigint,
  assignee_id   uuid,
  last_decision bigint,
  pending       bigint,
  comment_count int not null default 0,
  version       int not null default 1
) partition by list (segment);
create table reconciliation_results_shared partition of reconciliation_results for values in (0);

-- ---------------------------------------------------------------- decisions

create table reconciliation_decisions (
  id            uuid primary key,
  number        bigint generated always as identity unique,
  project_id    uuid not null references projects,
  job_id        uuid not null references reconciliation_jobs,
  action        text not null check (action in ('confirm', 'reject', 'match', 'unmatch', 'write_off', 'assign', 'comment')),
  status        text not null check (status in ('applied', 'pending', 'declined', 'undone')),
  reason_code   text,
  reason        text,
  comment       text,
  assignee_id   uuid references users,
  result_count  bigint not null,
  filter        jsonb,
  decided_by    uuid not null references users,
  decided_at    timestamptz not null default now(),
  settled_by    uuid references users,
  settled_at    timestamptz,
  undone_by     uuid references users,
  undone_at     timestamptz,
  request_id    text not null
);

-- A result that a decision is on, as it was before; without a shelf, one that the decision made.
create table reconciliation_decision_results (
  decision      bigint not null,
  place         bigint not null,
  project_id    uuid not null,
  from_shelf    bigint,
  from_assignee uuid,
  from_linked   bigint,
  from_decision bigint,
  primary key (decision, place)
);

-- ---------------------------------------------------------------- audit

-- Append-only and chained: the hash of an entry covers the hash before it. A chain a project, and one for what belongs
-- to none (chain 00000000-0000-0000-0000-000000000000).
create table audit_log (
  chain_id      uuid not null,
  number        bigint not null,
  at            timestamptz not null,
  actor_id      uuid,
  action        text not null,
  project_id    uuid,
  subject_kind  text not null,
  subject_id    text not null,
  details       jsonb not null,
  request_id    text not null,
  previous_hash bytea not null,
  hash          bytea not null,
  primary key (chain_id, number)
);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_log is append-only';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();

-- ---------------------------------------------------------------- what makes a repeated request one effect

create table idempotency_keys (
  user_id     uuid not null,
  key         text not null,
  route       text not null,
  body_digest bytea not null,
  status      int not null,
  headers     jsonb not null,
  answer      bytea not null,
  created_at  timestamptz not null default now(),
  primary key (user_id, key)
);

-- ---------------------------------------------------------------- servers and durable tasks

create table nodes (
  id         uuid primary key,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  version    text not null
);

create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);

-- ---------------------------------------------------------------- who sees what

-- The user on whose behalf the transaction runs, or null.
create function tieout_user() returns uuid language sql stable parallel safe
  return nullif(current_setting('tieout.user_id', true), '')::uuid;

-- The projects that user is a member of. Runs as its owner, so that the policy on project_members does not ask itself.
create function tieout_projects() returns setof uuid
  language sql stable security definer rows 20 set search_path = public
  begin atomic
    select m.project_id
      from project_members m
      join users u on u.id = m.user_id and u.disabled_at is null
      join projects p on p.id = m.project_id and p.deleted_at is null
     where m.user_id = tieout_user();
  end;

-- Whether that user is an administrator now.
create function tieout_administrator() returns boolean
  language sql stable security definer set search_path = public
  begin atomic
    select exists (select 1 from users where id = tieout_user() and administrator and disabled_at is null);
  end;

-- Whether that user has created a project that nobody is a member of yet, and so may be its first.
create function tieout_founds(project uuid) returns boolean
  language sql stable security definer set search_path = public
  begin atomic
    select exists (select 1 from projects p
                    where p.id = project and p.created_by = tieout_user() and p.deleted_at is null
                      and not exists (select 1 from project_members m where m.project_id = p.id));
  end;

-- The projects that user owns.
create function tieout_owned_projects() returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic
    select m.project_id
      from project_members m
      join users u on u.id = m.user_id and u.disabled_at is null
      join projects p on p.id = m.project_id and p.deleted_at is null
     where m.user_id = tieout_user() and m.role = 'owner';
  end;

-- ---------------------------------------------------------------- rules over several rows

-- However these tables are changed, and by however many at once: each rule takes a lock first and looks then, so that of
-- two changes the second sees what the first has left. The server knows the rules by their codes.

-- A project keeps an owner who can sign in.
create function tieout_keep_owner() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  perform from projects where id = old.project_id and deleted_at is null for no key update;
  if found and not exists (
      select from project_members m join users u on u.id = m.user_id and u.disabled_at is null
       where m.project_id = old.project_id and m.role = 'owner') then
    raise exception using errcode = 'TI001', message = 'a project keeps an owner';
  end if;
  return null;
end $$;
create trigger project_members_keep_owner after update or delete on project_members
  for each row when (old.role = 'owner') execute function tieout_keep_owner();

-- There stays an administrator who can sign in.
create function tieout_keep_administrator() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('tieout administrators', 0));
  if not exists (select from users where administrator and disabled_at is null) then
    raise exception using errcode = 'TI002', message = 'an administrator remains';
  end if;
  return null;
end $$;
create trigger users_keep_administrator after update on users for each row
  when (old.administrator and old.disabled_at is null and (not new.administrator or new.disabled_at is not null))
  execute function tieout_keep_administrator();

-- A machine works in one project, and owns none.
create function tieout_place_machine() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  perform from users where id = new.user_id and kind = 'service' for no key update;
  if found and (new.role = 'owner' or exists (
      select from project_members where user_id = new.user_id and project_id <> new.project_id)) then
    raise exception using errcode = 'TI003', message = 'a machine works in one project and owns none';
  end if;
  return new;
end $$;
create trigger project_members_place_machine before insert or update on project_members
  for each row execute function tieout_place_machine();

-- Whoever is disabled is signed out, and no link lets them in again.
create function tieout_sign_out() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  update sessions set revoked_at = now(), revoked_why = 'disabled' where user_id = new.id and revoked_at is null;
  delete from invitations where user_id = new.id and used_at is null;
  return null;
end $$;
create trigger users_sign_out after update on users for each row
  when (old.disabled_at is null and new.disabled_at is not null) execute function tieout_sign_out();

-- A new link takes the place of the one before.
create function tieout_replace_link() returns trigger
  language plpgsql security definer set search_path = public as $$
begin
  delete from invitations where user_id is not distinct from new.user_id and used_at is null;
  return new;
end $$;
create trigger invitations_replace_link before insert on invitations
  for each row execute function tieout_replace_link();

-- ---------------------------------------------------------------- who may touch what

-- Row-level security is forced on owners too, so these run as the worker, who sees every row.
revoke all on function tieout_projects(), tieout_owned_projects(), tieout_administrator(), tieout_founds(uuid),
  tieout_keep_owner(), tieout_keep_administrator(), tieout_place_machine(), tieout_sign_out(), tieout_replace_link()
  from public;
grant execute on function tieout_projects(), tieout_owned_projects(), tieout_administrator(), tieout_founds(uuid)
  to tieout_app, tieout_worker;
grant create on schema public to tieout_worker;
alter function tieout_projects() owner to tieout_worker;
alter function tieout_administrator() owner to tieout_worker;
alter function tieout_founds(uuid) owner to tieout_worker;
alter function tieout_owned_projects() owner to tieout_worker;
alter function tieout_keep_owner() owner to tieout_worker;
alter function tieout_keep_administrator() owner to tieout_worker;
alter function tieout_place_machine() owner to tieout_worker;
alter function tieout_sign_out() owner to tieout_worker;
alter function tieout_replace_link() owner to tieout_worker;
revoke create on schema public from tieout_worker;

-- Tables whose rows belong to one project: members see and touch them, as far as the grants below let them.
do $$
declare
  name text;
begin
  foreach name in array array[
    'data_sources', 'data_source_rejects', 'reconciliation_records', 'reconciliations', 'reconciliation_plans',
    'reconciliation_jobs', 'reconciliation_outcomes', 'reconciliation_result_shelves', 'reconciliation_results',
    'reconciliation_decisions', 'reconciliation_decision_results'
  ] loop
    execute format('create policy member on %I to tieout_app'
      ' using (project_id = any (array(select tieout_projects())))'
      ' with check (project_id = any (array(select tieout_projects())))', name);
  end loop;

  foreach name in array array[
    'users', 'invitations', 'sessions', 'refresh_tokens', 'projects', 'project_members', 'service_tokens',
    'data_sources', 'data_source_rejects', 'reconciliation_records', 'reconciliations', 'reconciliation_plans',
    'reconciliation_jobs', 'reconciliation_outcomes', 'reconciliation_result_shelves', 'reconciliation_results',
    'reconciliation_decisions', 'reconciliation_decision_results', 'audit_log', 'idempotency_keys', 'nodes', 'scheduled_tasks'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy worker on %I to tieout_worker using (true) with check (true)', name);
  end loop;
end $$;

-- A user sees themselves and whom they share a project with; an administrator sees everybody, invites people and says
-- who they are. Whoever owns a project makes machines for it.
create policy colleague on users for select to tieout_app
  using (id = tieout_user() or tieout_administrator()
         or id in (select m.user_id from project_members m));
create policy administrator on users for update to tieout_app
  using (tieout_administrator() and kind = 'person') with check (kind = 'person');
create policy newcomer on users for insert to tieout_app
  with check (case kind when 'service' then exists (select from tieout_owned_projects()) else tieout_administrator() end);
create policy administrator on invitations for insert to tieout_app
  with check (tieout_administrator() and purpose in ('invite', 'reset')
              and exists (select from users u where u.id = user_id and u.kind = 'person'));

-- People make projects and become their first members; owners change them.
create policy member on projects for select to tieout_app
  using (id = any (array(select tieout_projects())) or (tieout_administrator() and deleted_at is null));
create policy founder on projects for insert to tieout_app
  with check (created_by = tieout_user() and deleted_at is null and exists (
                select from users u where u.id = tieout_user() and u.kind = 'person' and u.disabled_at is null));
create policy owner on projects for update to tieout_app
  using (id = any (array(select tieout_owned_projects())))
  with check (id = any (array(select tieout_owned_projects())));

-- Members see who else is one. Owners say who is, and administrators, lest a project be without an owner.
create policy member on project_members for select to tieout_app
  using (project_id = any (array(select tieout_projects())) or tieout_administrator());
create policy newcomer on project_members for insert to tieout_app
  with check (added_by = tieout_user()
              and (project_id = any (array(select tieout_owned_projects()))
                   or (tieout_administrator() and exists (select from projects p where p.id = project_id))
                   or (user_id = tieout_user() and role = 'owner' and tieout_founds(project_id))));
create policy owner on project_members for update to tieout_app
  using (project_id = any (array(select tieout_owned_projects()))
         or (tieout_administrator() and exists (select from projects p where p.id = project_id)));
create policy remover on project_members for delete to tieout_app
  using (project_id = any (array(select tieout_owned_projects()))
         or (tieout_administrator() and exists (select from projects p where p.id = project_id)));

-- Owners make tokens for the machines of their project, and take them back.
create policy owner on service_tokens for select to tieout_app
  using (project_id = any (array(select tieout_owned_projects())) or tieout_administrator());
create policy maker on service_tokens for insert to tieout_app
  with check (project_id = any (array(select tieout_owned_projects())) and created_by = tieout_user()
              and exists (select from project_members m join users u on u.id = m.user_id and u.kind = 'service'
                           where m.project_id = service_tokens.project_id and m.user_id = service_tokens.user_id));
create policy revoker on service_tokens for update to tieout_app
  using (project_id = any (array(select tieout_owned_projects())) or tieout_administrator())
  with check (revoked_at is not null);
create policy own on sessions for select to tieout_app using (user_id = tieout_user());
create policy own on idempotency_keys to tieout_app
  using (user_id = tieout_user()) with check (user_id = tieout_user());
create policy reader on audit_log for select to tieout_app
  using (project_id = any (array(select tieout_projects())) or tieout_administrator());
create policy writer on audit_log for insert to tieout_app
  with check (actor_id = tieout_user()
              and chain_id = coalesce(project_id, '00000000-0000-0000-0000-000000000000')
              and (project_id is null or project_id = any (array(select tieout_projects())) or tieout_administrator()));

-- The least that each of them needs. Whoever has no grant here has none: password hashes and tokens are the worker's.
grant select (id, kind, email, name, administrator, created_at, disabled_at, version) on users to tieout_app;
grant insert (id, kind, email, name), update (name, administrator, disabled_at, version) on users to tieout_app;
grant insert (token_hash, purpose, user_id, expires_at) on invitations to tieout_app;
grant select on sessions to tieout_app;
grant select, insert, update (name, four_eyes, deleted_at, version) on projects to tieout_app;
grant select, insert, update (role), delete on project_members to tieout_app;
grant select (id, project_id, user_id, name, created_by, created_at, expires_at, revoked_at, last_used_at)
  on service_tokens to tieout_app;
grant insert (id, project_id, user_id, name, token_hash, created_by, expires_at), update (revoked_at)
  on service_tokens to tieout_app;
grant select, insert, update on data_sources to tieout_app;
grant select on data_source_rejects, reconciliation_records to tieout_app;
grant select, insert, update on reconciliations, reconciliation_jobs to tieout_app;
grant select, insert on reconciliation_plans, reconciliation_decision_results, audit_log to tieout_app;
grant select, update (next_position, now) on reconciliation_outcomes to tieout_app;
grant select, insert, update (result_count) on reconciliation_result_shelves to tieout_app;
grant select, insert, update (shelf, linked, assignee_id, last_decision, pending, comment_count, version)
  on reconciliation_results to tieout_app;
grant select, insert, update (status, result_count, settled_by, settled_at, undone_by, undone_at)
  on reconciliation_decisions to tieout_app;
grant select, insert on idempotency_keys to tieout_app;
grant select, insert, update, delete on all tables in schema public to tieout_worker;
revoke update, delete, truncate on audit_log from tieout_worker;
revoke all on reconciliation_records_shared, reconciliation_results_shared from tieout_app, tieout_worker;
revoke all on flyway_schema_history from tieout_worker;
grant select on flyway_schema_history to tieout_worker;
