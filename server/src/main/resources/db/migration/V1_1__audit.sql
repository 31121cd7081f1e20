-- The audit trail is written by one function and by nothing else: it numbers the entries of a chain, lets nobody write
-- in another's name, and makes each entry's hash cover the one before it.
--
-- What is hashed is a row of netstrings (<bytes>:<text>, and -, for null), so that no two different entries read alike:
-- the previous hash in hex, number, moment in UTC with microseconds, actor, action, project, kind and id of the subject, request id,
-- then the names and values of the details by name. Anyone who has the entries can compute it again.

create function tieout_netstring(value text) returns text language sql immutable parallel safe
  return case when value is null then '-,' else octet_length(value) || ':' || value || ',' end;

create function tieout_audit(
  event_action text, event_project uuid, event_subject_kind text, event_subject_id text, event_details jsonb,
  event_request text
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  chain    uuid := coalesce(event_project, '00000000-0000-0000-0000-000000000000');
  head     audit_log%rowtype;
  entry_no bigint;
  moment   timestamptz;
  content  text;
  previous bytea;
begin
  -- Held until the transaction ends: the next entry of the chain waits to see this one, or that it never was.
  perform pg_advisory_xact_lock(hashtextextended('audit ' || chain, 0));
  select * into head from audit_log where chain_id = chain order by number desc limit 1;
  entry_no := coalesce(head.number, 0) + 1;
  previous := coalesce(head.hash, '\x'::bytea);
  moment := clock_timestamp();
  select tieout_netstring(encode(previous, 'hex')) || tieout_netstring(entry_no::text)
         || tieout_netstring(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
         || tieout_netstring(tieout_user()::text) || tieout_netstring(event_action) || tieout_netstring(event_project::text)
         || tieout_netstring(event_subject_kind) || tieout_netstring(event_subject_id) || tieout_netstring(event_request)
         || coalesce(string_agg(tieout_netstring(d.key) || tieout_netstring(d.value), '' order by d.key collate "C"), '')
    into content
    from jsonb_each_text(event_details) d;
  insert into audit_log (chain_id, number, at, actor_id, action, project_id, subject_kind, subject_id, details, request_id,
                         previous_hash, hash)
  values (chain, entry_no, moment, tieout_user(), event_action, event_project, event_subject_kind, event_subject_id,
          event_details, event_request, previous, sha256(convert_to(content, 'UTF8')));
  return entry_no;
end $$;

revoke all on function tieout_audit(text, uuid, text, text, jsonb, text) from public;
grant execute on function tieout_audit(text, uuid, text, text, jsonb, text) to tieout_app, tieout_worker;
grant create on schema public to tieout_worker;
alter function tieout_audit(text, uuid, text, text, jsonb, text) owner to tieout_worker;
revoke create on schema public from tieout_worker;
revoke insert on audit_log from tieout_app;
drop policy writer on audit_log;
