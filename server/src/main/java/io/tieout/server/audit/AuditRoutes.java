package io.tieout.server.audit;

import io.tieout.server.audit.AuditStore.Place;
import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Json;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/// Shows, exports and verifies the trail: all of it to administrators, a project's to its owners.
public final class AuditRoutes {
    private static final String TAG = "audit";
    private static final String LINES = "application/x-ndjson";
    private static final int USUAL_LIMIT = 50;
    private static final int PAGE = 1000;

    private final Database database;

    public AuditRoutes(Database database) {
        this.database = database;
    }

    /// The routes of this feature.
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/audit")
                        .forAdministrators()
                        .named("listAudit", TAG, "Who did what, newest first.")
                        .query(AuditQuery.class)
                        .answers(200, AuditPage.class, "A page.")
                        .handle(this::list),
                Route.get("/api/audit/export")
                        .forAdministrators()
                        .named(
                                "exportAudit",
                                TAG,
                                "The whole trail, chain by chain, an entry a line.")
                        .answersStream(LINES, "The entries; `tieout audit verify` checks them.")
                        .handle(this::export),
                Route.get("/api/audit/verify")
                        .forAdministrators()
                        .named("verifyAudit", TAG, "Checks every chain.")
                        .answers(200, Verification.class, "What was found.")
                        .handle(this::verify),
                Route.get("/api/projects/{project_id}/audit")
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named(
                                "listProjectAudit",
                                TAG,
                                "Who did what in the project, newest first.")
                        .query(PageQuery.class)
                        .answers(200, AuditPage.class, "A page.")
                        .handle(this::listProject),
                Route.get("/api/projects/{project_id}/audit/export")
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named("exportProjectAudit", TAG, "The project's trail, an entry a line.")
                        .answersStream(LINES, "The entries; `tieout audit verify` checks them.")
                        .handle(this::exportProject),
                Route.get("/api/projects/{project_id}/audit/verify")
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named("verifyProjectAudit", TAG, "Checks the project's chain.")
                        .answers(200, Verification.class, "What was found.")
                        .handle(this::verifyProject));
    }

    record AuditQuery(
            @Says("only what this user did") Optional<UUID> actorId,
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {}

    record PageQuery(
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {}

    record AuditPage(List<AuditEntry> items, Optional<String> nextCursor) {}

    record Verification(
            boolean intact,
            @Says("how many entries were checked") long entries,
            @Says("the first thing that is wrong") Optional<String> problem,
            @Says("the last hash of each chain; keep them elsewhere, and a cut end shows too")
                    Map<String, String> heads) {}

    private Answer list(Call<AuditQuery, Nothing> call) {
        Optional<UUID> actor = call.query().actorId();
        String list = "audit " + actor.map(UUID::toString).orElse("");
        Place before =
                call.query()
                        .cursor()
                        .map(cursor -> place(Cursor.decode(cursor, list, 3)))
                        .orElse(Place.END);
        int limit = call.query().limit().orElse(USUAL_LIMIT);
        List<AuditEntry> found =
                database.inApp(
                        call.actor(),
                        Access.READ,
                        handle -> AuditStore.newest(handle, actor, before, limit + 1));
        return page(
                found,
                limit,
                last ->
                        new Cursor(
                                list,
                                List.of(
                                        last.at().toString(),
                                        last.chainId().toString(),
                                        Long.toString(last.number()))));
    }

    private static Place place(Cursor cursor) {
        return new Place(
                Cursor.moment(cursor.values().get(0)),
                Cursor.id(cursor.values().get(1)),
                Cursor.number(cursor.values().get(2), 0, Long.MAX_VALUE));
    }

    private Answer listProject(Call<PageQuery, Nothing> call) {
        UUID project = call.admission().project();
        String list = "audit of " + project;
        long before =
                call.query()
                        .cursor()
                        .map(cursor -> Cursor.onlyNumber(cursor, list, Long.MAX_VALUE))
                        .orElse(Long.MAX_VALUE);
        int limit = call.query().limit().orElse(USUAL_LIMIT);
        List<AuditEntry> found =
                database.inApp(
                        call.actor(),
                        Access.READ,
                        handle -> AuditStore.newestOfChain(handle, project, before, limit + 1));
        return page(found, limit, last -> new Cursor(list, List.of(Long.toString(last.number()))));
    }

    private static Answer page(
            List<AuditEntry> found,
            int limit,
            java.util.function.Function<AuditEntry, Cursor> cursor) {
        boolean more = found.size() > limit;
        List<AuditEntry> items = more ? found.subList(0, limit) : found;
        return Answer.ok(
                new AuditPage(
                        items,
                        more
                                ? Optional.of(cursor.apply(items.getLast()).encoded())
                                : Optional.empty()));
    }

    private Answer export(Call<Nothing, Nothing> call) {
        Actor actor = call.actor();
        return exported(
                out -> {
                    for (UUID chain : chains(actor)) {
                        write(actor, chain, out);
                    }
                });
    }

    private Answer exportProject(Call<Nothing, Nothing> call) {
        Actor actor = call.actor();
        UUID project = call.admission().project();
        return exported(out -> write(actor, project, out));
    }

    private static Answer exported(Answer.Writer writer) {
        return Answer.stream(LINES, writer)
                .with("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
    }

    private void write(Actor actor, UUID chain, OutputStream out) throws IOException {
        try {
            each(
                    actor,
                    chain,
                    entry -> {
                        try {
                            out.write(Json.write(entry));
                            out.write('\n');
                            return true;
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Answer verify(Call<Nothing, Nothing> call) {
        Actor actor = call.actor();
        return Answer.ok(verified(actor, chains(actor)));
    }

    private Answer verifyProject(Call<Nothing, Nothing> call) {
        return Answer.ok(verified(call.actor(), List.of(call.admission().project())));
    }

    private Verification verified(Actor actor, List<UUID> chains) {
        AuditVerifier verifier = new AuditVerifier();
        for (UUID chain : chains) {
            each(actor, chain, verifier::accept);
        }
        Map<String, String> heads = new TreeMap<>();
        verifier.heads().forEach((chain, hash) -> heads.put(chain.toString(), hash));
        return new Verification(
                verifier.problem().isEmpty(), verifier.entries(), verifier.problem(), heads);
    }

    private List<UUID> chains(Actor actor) {
        return database.inApp(actor, Access.READ, AuditStore::chains);
    }

    /// Takes a chain by pages, so that no transaction lasts as long as the reader takes.
    private void each(Actor actor, UUID chain, Predicate<AuditEntry> taker) {
        long after = 0;
        List<AuditEntry> page;
        do {
            long from = after;
            page =
                    database.inApp(
                            actor,
                            Access.READ,
                            handle -> AuditStore.oldestOfChain(handle, chain, from, PAGE));
            for (AuditEntry entry : page) {
                if (!taker.test(entry)) {
                    return;
                }
            }
            after = page.isEmpty() ? after : page.getLast().number();
        } while (page.size() == PAGE);
    }
}
