-- What jobs need beyond their rows: what they take in, how much memory, how often their server was lost, and for which
-- due time a schedule started them.

alter table reconciliation_jobs
  add column carry_forward boolean not null default false,
  add column need_mb int not null default 0,
  add column losses int not null default 0,
  add column due_at timestamptz,
  -- However many servers see that a reconciliation is due, one job comes of it.
  add constraint reconciliation_jobs_once_when_due unique (reconciliation_id, due_at);

-- The data sources of which a job took records, by side and ordinal: 0 is the job's own, the ones after it are those of
-- earlier jobs whose open breaks it carried forward. A reference to a record is ordinal * 2^32 + row number.
create table reconciliation_job_inputs (
  job_id         uuid not null references reconciliation_jobs on delete cascade,
  side           text not null check (side in ('left', 'right')),
  ordinal        int not null check (ordinal >= 0),
  project_id     uuid not null,
  data_source_id uuid not null references data_sources,
  record_count   int not null,
  primary key (job_id, side, ordinal)
);

alter table reconciliation_job_inputs enable row level security;
alter table reconciliation_job_inputs force row level security;
create policy worker on reconciliation_job_inputs to tieout_worker using (true) with check (true);
create policy member on reconciliation_job_inputs to tieout_app
  using (project_id = any (array(select tieout_projects())))
  with check (project_id = any (array(select tieout_projects())));
grant select, insert, update, delete on reconciliation_job_inputs to tieout_worker;
grant select on reconciliation_job_inputs to tieout_app;

-- Stages the task of a job in the transaction that makes the job. The tasks are the worker's; what a user may do with
-- them is this: to have a queued job of a project of theirs run, once.
create function tieout_enqueue_job(job uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select 1 from reconciliation_jobs j
     where j.id = job and j.status = 'queued'
       and (tieout_user() is null or j.project_id in (select tieout_projects()))
  ) then
    raise exception 'there is no such job to be queued';
  end if;
  insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures, version, priority)
  values ('job', job::text, clock_timestamp(), false, 0, 1, 0);
end $$;

revoke all on function tieout_enqueue_job(uuid) from public;
grant execute on function tieout_enqueue_job(uuid) to tieout_app, tieout_worker;
grant create on schema public to tieout_worker;
alter function tieout_enqueue_job(uuid) owner to tieout_worker;
revoke create on schema public from tieout_worker;
