package io.tieout.server.source;

import io.tieout.formats.profile.ColumnProfile;
import io.tieout.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The profiles of columns as they are kept and shown.
final class ColumnViews {
    private ColumnViews() {}

    static String json(List<ColumnProfile> profiles) {
        List<Object> columns = new ArrayList<>();
        for (ColumnProfile profile : profiles) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", profile.name());
            column.put("type", profile.type().word());
            column.put("rows", profile.rows());
            column.put("empty", profile.empty());
            column.put("distinct", profile.distinct());
            column.put("distinct_is_exact", profile.exact());
            column.put("min", profile.min().orElse(null));
            column.put("max", profile.max().orElse(null));
            column.put("longest", profile.longest());
            column.put("samples", profile.samples());
            columns.add(column);
        }
        return new String(Json.writeTree(columns), StandardCharsets.UTF_8);
    }
}
