package io.tieout.server.source;

import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Json;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import io.tieout.server.source.Spool.Spooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Uploads, lists, shows, cancels and deletes data sources, and reads their records.
final class SourceRoutes {
    private static final String TAG = "data sources";
    private static final UUID LAST = new UUID(-1, -1);
    private static final int USUAL_LIMIT = 50;

    private final Database database;
    private final Idempotency idempotency;
    private final Ids ids;
    private final UUID nodeId;
    private final Spool spool;
    private final SourceLoader loader;
    private final RecordPages records;

    SourceRoutes(
            Database database,
            Idempotency idempotency,
            Ids ids,
            UUID nodeId,
            Spool spool,
            SourceLoader loader) {
        this.database = database;
        this.idempotency = idempotency;
        this.ids = ids;
        this.nodeId = nodeId;
        this.spool = spool;
        this.loader = loader;
        this.records = new RecordPages(database);
    }

    /// The routes of this feature.
    List<Route<?, ?>> routes() {
        return List.of(
                Route.post("/api/projects/{project_id}/data-sources")
                        .forMembers(Permission.SOURCE_WRITE, Resource.PROJECT)
                        .named(
                                "uploadDataSource",
                                TAG,
                                "Uploads a file, as the body or as the first file of a form; its"
                                        + " records are loaded after the answer.")
                        .query(UploadQuery.class)
                        .bytes("application/octet-stream", "multipart/form-data")
                        .answers(
                                202,
                                SourceView.class,
                                "The file is safe; its records are being loaded.")
                        .creates()
                        .handle(this::upload),
                Route.get("/api/projects/{project_id}/data-sources")
                        .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                        .named(
                                "listDataSources",
                                TAG,
                                "Lists the project's data sources, newest first.")
                        .query(PageQuery.class)
                        .answers(200, SourcePage.class, "A page.")
                        .handle(this::list),
                Route.get("/api/data-sources/{data_source_id}")
                        .forMembers(Permission.PROJECT_READ, Resource.DATA_SOURCE)
                        .named(
                                "getDataSource",
                                TAG,
                                "Shows a data source with its columns' profiles.")
                        .answers(200, SourceView.class, "It.")
                        .handle(this::get),
                Route.get("/api/data-sources/{data_source_id}/records")
                        .forMembers(Permission.PROJECT_READ, Resource.DATA_SOURCE)
                        .named("listRecords", TAG, "Reads records by page, by row or by key.")
                        .query(RecordQuery.class)
                        .answers(200, RecordPage.class, "A page.")
                        .handle(records::page),
                Route.get("/api/data-sources/{data_source_id}/rejects")
                        .forMembers(Permission.PROJECT_READ, Resource.DATA_SOURCE)
                        .named(
                                "downloadRejects",
                                TAG,
                                "The rows that could not become records, and why.")
                        .answersStream("text/csv", "line, row, column and reason of each.")
                        .handle(records::rejects),
                Route.post("/api/data-sources/{data_source_id}/cancel")
                        .forMembers(Permission.SOURCE_WRITE, Resource.DATA_SOURCE)
                        .named("cancelDataSource", TAG, "Cancels loading; nothing of it is kept.")
                        .answers(202, SourceView.class, "It will be cancelled.")
                        .handle(this::cancel),
                Route.delete("/api/data-sources/{data_source_id}")
                        .forMembers(Permission.SOURCE_WRITE, Resource.DATA_SOURCE)
                        .named("deleteDataSource", TAG, "Deletes a data source that nothing uses.")
                        .answersEmpty("It is gone.")
                        .handle(this::delete));
    }

    record UploadQuery(
            @Says("what it is called in the project, such as `bank`; it may repeat") String name,
            @Says("as the file is called") Optional<String> fileName,
            @Says("whether the first row names the columns; found by content if not said")
                    Optional<Boolean> header,
            @Says("character set; found by content if not said") @Text(max = 40)
                    Optional<String> encoding,
            @Says("what separates the fields of a CSV file; found by content if not said")
                    @Text(max = 1, lines = true)
                    Optional<String> delimiter,
            @Says("which sheet of a workbook; the first if not said") Optional<String> sheet,
            @Says("the column whose values name the records; they can be looked up by it then")
                    Optional<String> key,
            @Says("how many rows may be rejected before loading fails; 1000 if not said")
                    @Whole(max = 1_000_000)
                    Optional<Integer> maxRejects) {}

    record PageQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {}

    private Answer upload(Call<UploadQuery, Nothing> call) {
        UploadQuery said = call.query();
        requireKnownEncoding(said.encoding());
        UUID id = ids.next();
        Upload upload = Upload.of(call.raw().header("content-type"), call.raw().stream());
        Spooled spooled = spool.take(id, upload.bytes());
        try {
            Answer answer =
                    idempotency.once(
                            call,
                            spooled.digest(),
                            handle -> keep(handle, call, spooled, upload.fileName()));
            // An answer of before has another id, and its file is not needed again.
            if (answer.headers().containsKey("Idempotency-Replayed")) {
                spool.drop(id);
            } else {
                spool.acknowledged(id);
                loader.wake();
            }
            return answer;
        } catch (ProblemException e) {
            spool.drop(id);
            throw e;
        } catch (RuntimeException e) {
            // Where the database went in mid-commit, nobody can say yet whether it was kept.
            loader.decideLater(id);
            throw e;
        }
    }

    private static void requireKnownEncoding(Optional<String> encoding) {
        try {
            encoding.ifPresent(Charset::forName);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("?encoding", "is no character set that is known here")
                    .exception();
        }
    }

    private Answer keep(
            Handle handle,
            Call<UploadQuery, Nothing> call,
            Spooled spooled,
            Optional<String> partName) {
        UploadQuery said = call.query();
        UUID project = call.admission().project();
        SourceStore.insert(
                handle,
                new NewSource(
                        spooled.id(),
                        project,
                        said.name(),
                        said.fileName().map(Upload::withoutFolders).or(() -> partName),
                        options(said),
                        said.key(),
                        spooled.bytes(),
                        spooled.digest(),
                        nodeId,
                        call.caller().userId()));
        SourceView view = SourceStore.find(handle, spooled.id()).orElseThrow();
        AuditTrail.append(
                handle,
                AuditEvent.in(project, "data_source.upload", "data_source", spooled.id())
                        .with("bytes", spooled.bytes())
                        .with("digest", view.digest()));
        return Answer.json(202, view).with("Location", "/api/data-sources/" + spooled.id());
    }

    private static String options(UploadQuery said) {
        Map<String, Object> options = new LinkedHashMap<>();
        said.header().ifPresent(header -> options.put("header", header));
        said.encoding().ifPresent(encoding -> options.put("encoding", encoding));
        said.delimiter().ifPresent(delimiter -> options.put("delimiter", delimiter));
        said.sheet().ifPresent(sheet -> options.put("sheet", sheet));
        said.maxRejects().ifPresent(rejects -> options.put("max_rejects", rejects));
        return new String(Json.writeTree(options), StandardCharsets.UTF_8);
    }

    private Answer list(Call<PageQuery, Nothing> call) {
        UUID project = call.admission().project();
        int limit = call.query().limit().orElse(USUAL_LIMIT);
        String list = "data-sources " + project;
        UUID before = call.query().cursor().map(text -> Cursor.onlyId(text, list)).orElse(LAST);
        List<SourceView> found =
                database.inApp(
                        call.actor(),
                        Access.READ,
                        handle -> SourceStore.list(handle, project, before, limit + 1));
        boolean more = found.size() > limit;
        List<SourceView> items = more ? found.subList(0, limit) : found;
        Optional<String> next =
                more
                        ? Optional.of(
                                new Cursor(list, List.of(items.getLast().id().toString()))
                                        .encoded())
                        : Optional.empty();
        return Answer.ok(new SourcePage(items, next));
    }

    private Answer get(Call<Nothing, Nothing> call) {
        return Answer.ok(
                database.inApp(
                        call.actor(),
                        Access.READ,
                        handle ->
                                SourceStore.find(handle, call.id(Resource.DATA_SOURCE))
                                        .orElseThrow(() -> Problem.notFound().exception())));
    }

    private Answer cancel(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.DATA_SOURCE);
        SourceView view =
                database.inApp(
                        call.actor(),
                        Access.WRITE,
                        handle -> {
                            boolean cancelled = SourceStore.cancel(handle, id);
                            SourceView source =
                                    SourceStore.find(handle, id)
                                            .orElseThrow(() -> Problem.notFound().exception());
                            if (!cancelled) {
                                throw Problem.conflict(
                                                "not-loading",
                                                "It is not being loaded",
                                                "it is " + source.status() + "; delete it instead")
                                        .exception();
                            }
                            AuditTrail.append(
                                    handle,
                                    AuditEvent.in(
                                            source.projectId(),
                                            "data_source.cancel",
                                            "data_source",
                                            id));
                            return source;
                        });
        loader.wake();
        return Answer.json(202, view);
    }

    private Answer delete(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.DATA_SOURCE);
        database.inApp(
                call.actor(),
                Access.WRITE,
                handle -> {
                    long uses = SourceStore.uses(handle, id);
                    if (uses > 0) {
                        throw Problem.conflict(
                                        "in-use",
                                        "It is in use",
                                        uses
                                                + " reconciliations and jobs use it; what they found"
                                                + " could not be shown without it")
                                .exception();
                    }
                    if (!SourceStore.delete(handle, id)) {
                        throw Problem.conflict(
                                        "loading",
                                        "It is being loaded",
                                        "cancel it first, or wait until it is loaded")
                                .exception();
                    }
                    AuditTrail.append(
                            handle,
                            AuditEvent.in(
                                    call.admission().project(),
                                    "data_source.delete",
                                    "data_source",
                                    id));
                    return true;
                });
        loader.wake();
        return Answer.empty();
    }
}
