package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The shelves of one job, as they were when they were read, and those that were added since. For
/// one transaction, which must hold the job's outcome to add or change any.
final class Shelves {
    private static final String OF_JOB =
            """
            select shelf, kind, status, side, break_kind, pass, cardinality, ambiguous, currency, other_currency, sign,
                   first_count, result_count
              from reconciliation_result_shelves where shelf >= :first and shelf < :after order by shelf
            """;
    private static final String INSERT =
            """
            insert into reconciliation_result_shelves
              (shelf, project_id, kind, status, side, break_kind, pass, cardinality, ambiguous, currency, other_currency,
               sign, first_count, result_count)
            values (:shelf, :project_id, :kind, :status, :side, :break_kind, :pass, :cardinality, :ambiguous, :currency,
                    :other_currency, :sign, :first_count, :result_count)
            """;
    private static final String ADD =
            "update reconciliation_result_shelves set result_count = result_count + :more where shelf = :shelf";

    private final long jobNumber;
    private final UUID projectId;
    private final Map<Traits, Shelf> byTraits = new LinkedHashMap<>();
    private final Map<Long, Shelf> byNumber = new HashMap<>();

    private Shelves(long jobNumber, UUID projectId) {
        this.jobNumber = jobNumber;
        this.projectId = projectId;
    }

    static Shelves read(Handle handle, long jobNumber, UUID projectId) {
        Shelves shelves = new Shelves(jobNumber, projectId);
        handle.createQuery(OF_JOB)
                .bind("first", Places.firstShelf(jobNumber))
                .bind("after", Places.firstShelf(jobNumber + 1))
                .map((row, _) -> shelf(row))
                .forEach(shelves::keep);
        return shelves;
    }

    private void keep(Shelf shelf) {
        byTraits.put(shelf.traits(), shelf);
        byNumber.put(shelf.number(), shelf);
    }

    private static Shelf shelf(ResultSet row) throws SQLException {
        Traits traits =
                new Traits(
                        constant(Traits.Kind.class, row.getString("kind")),
                        constant(ResultStatus.class, row.getString("status")),
                        optional(Side.class, row.getString("side")),
                        optional(BreakKind.class, row.getString("break_kind")),
                        row.getInt("pass"),
                        optional(Cardinality.class, row.getString("cardinality")),
                        row.getBoolean("ambiguous"),
                        row.getString("currency"),
                        row.getString("other_currency"),
                        row.getInt("sign"));
        return new Shelf(
                row.getLong("shelf"),
                traits,
                row.getLong("first_count"),
                row.getLong("result_count"));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static <E extends Enum<E>> @Nullable E optional(Class<E> type, String word) {
        return word.isEmpty() ? null : constant(type, word);
    }

    private static String word(@Nullable Enum<?> constant) {
        return constant == null ? "" : constant.name().toLowerCase(Locale.ROOT);
    }

    /// Those of breaks and matches.
    List<Shelf> results() {
        return byTraits.values().stream().filter(s -> !s.traits().isMember()).toList();
    }

    /// Those with the records of matches of more than two, on which nothing is counted.
    List<Shelf> members() {
        return byTraits.values().stream().filter(s -> s.traits().isMember()).toList();
    }

    /// Those whose traits are wanted and that are not empty.
    List<Shelf> filled(Predicate<Traits> wanted) {
        return byTraits.values().stream()
                .filter(shelf -> shelf.count() > 0 && wanted.test(shelf.traits()))
                .toList();
    }

    Shelf byNumber(long number) {
        Shelf shelf = byNumber.get(number);
        if (shelf == null) {
            throw new IllegalArgumentException("the job has no shelf " + number);
        }
        return shelf;
    }

    Traits traits(long number) {
        return byNumber(number).traits();
    }

    /// The number of the shelf with some traits, which is added where there is none.
    long numberOf(Handle handle, Traits traits) {
        Shelf known = byTraits.get(traits);
        if (known != null) {
            return known.number();
        }
        Shelf added = new Shelf(Places.shelf(jobNumber, byTraits.size()), traits, 0, 0);
        insert(handle, projectId, List.of(added));
        keep(added);
        return added.number();
    }

    /// Lets shelves have more results, or fewer.
    ///
    /// @param more by the shelf's number
    static void add(Handle handle, Map<Long, Long> more) {
        PreparedBatch batch = handle.prepareBatch(ADD);
        more.forEach(
                (shelf, count) -> {
                    if (count != 0) {
                        batch.bind("more", count).bind("shelf", shelf).add();
                    }
                });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /// Keeps shelves that are not there yet.
    static void insert(Handle handle, UUID projectId, List<Shelf> shelves) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Shelf shelf : shelves) {
            Traits traits = shelf.traits();
            batch.bind("shelf", shelf.number())
                    .bind("project_id", projectId)
                    .bind("kind", word(traits.kind()))
                    .bind("status", word(traits.status()))
                    .bind("side", word(traits.side()))
                    .bind("break_kind", word(traits.breakKind()))
                    .bind("pass", traits.pass())
                    .bind("cardinality", word(traits.cardinality()))
                    .bind("ambiguous", traits.ambiguous())
                    .bind("currency", traits.currency())
                    .bind("other_currency", traits.otherCurrency())
                    .bind("sign", traits.sign())
                    .bind("first_count", shelf.firstCount())
                    .bind("result_count", shelf.count())
                    .add();
        }
        if (!shelves.isEmpty()) {
            batch.execute();
        }
    }

    static Long[] numbers(List<Shelf> shelves) {
        return shelves.stream().map(Shelf::number).toArray(Long[]::new);
    }
}
