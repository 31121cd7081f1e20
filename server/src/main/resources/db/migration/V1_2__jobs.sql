-- The data sources of which a job took records, by side and ordinal: 0 is the job's own, the ones after it are those of
-- earlier jobs whose open breaks it carried forward. A reference to a record is ordinal * 2^32 + row number.
create table reconciliation_job_inputs (
  job_id         uuid not null references reconciliation_jobs on delete cascade,
  side           text not null check (side in ('left', 'right')),
  ordinal        int not null check (ordinal >= 0),
  project_id     uuid not null,
  data_source_id uuid not null references data_sources,
  record_count   int not null default 0,
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
