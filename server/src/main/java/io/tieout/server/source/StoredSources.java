package io.tieout.server.source;

import io.tieout.formats.source.SourceFormat;
import io.tieout.server.reconciliation.SourceFacts;
import io.tieout.server.reconciliation.SourceLookup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Data sources as reconciliations and jobs ask for them.
public final class StoredSources implements SourceLookup {
    private static final String FACTS =
            """
            select id, number, coalesce(segment, 0) as segment, project_id, name, status, record_count, rejected_count,
                   size_bytes, digest, format,
                   array(select c.value ->> 'name'
                           from jsonb_array_elements(columns) with ordinality c(value, place) order by place) as names
              from data_sources
            """;
    private static final String FIND =
            FACTS + " where id = :id and project_id = :project_id and deleted_at is null";
    private static final String KEPT = FACTS + " where id = :id";
    private static final String NEWEST =
            FACTS
                    + """
                     where project_id = :project_id and name = :name and status = 'ready' and deleted_at is null
                     order by id desc limit 1
                    """;

    @Override
    public Optional<SourceFacts> find(Handle handle, UUID projectId, UUID sourceId) {
        return handle.createQuery(FIND)
                .bind("id", sourceId)
                .bind("project_id", projectId)
                .map((row, _) -> facts(row))
                .findOne();
    }

    @Override
    public Optional<SourceFacts> kept(Handle handle, UUID sourceId) {
        return handle.createQuery(KEPT).bind("id", sourceId).map((row, _) -> facts(row)).findOne();
    }

    @Override
    public Optional<SourceFacts> newest(Handle handle, UUID projectId, String name) {
        return handle.createQuery(NEWEST)
                .bind("project_id", projectId)
                .bind("name", name)
                .map((row, _) -> facts(row))
                .findOne();
    }

    private static SourceFacts facts(ResultSet row) throws SQLException {
        List<String> names = Arrays.asList((String[]) row.getArray("names").getArray());
        String format = row.getString("format");
        return new SourceFacts(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getInt("segment"),
                row.getObject("project_id", UUID.class),
                row.getString("name"),
                SourceFacts.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                names,
                row.getLong("record_count"),
                row.getLong("rejected_count"),
                row.getLong("size_bytes"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                Arrays.stream(SourceFormat.values())
                        .filter(known -> known.word().equals(format))
                        .findFirst()
                        .orElse(SourceFormat.CSV));
    }
}
