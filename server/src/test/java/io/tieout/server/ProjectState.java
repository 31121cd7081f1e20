package io.tieout.server;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// All rows of a project, of every table that says which project a row belongs to.
final class ProjectState {
    private static final String TABLES =
            """
            select c.table_name::text from information_schema.columns c
              join pg_class t on t.relname = c.table_name and t.relnamespace = 'public'::regnamespace
             where c.table_schema = 'public' and c.column_name = 'project_id' and not t.relispartition
             order by 1
            """;

    private ProjectState() {}

    static String of(Handle handle, UUID project) {
        StringBuilder state = new StringBuilder();
        List<String> tables = handle.createQuery(TABLES).mapTo(String.class).list();
        for (String table : tables) {
            state.append(table)
                    .append(' ')
                    .append(
                            handle.createQuery(
                                            "select md5(coalesce(string_agg(r::text, '|' order by r::text), '')) from "
                                                    + table
                                                    + " r where project_id = :id")
                                    .bind("id", project)
                                    .mapTo(String.class)
                                    .one())
                    .append('\n');
        }
        state.append(
                handle.createQuery("select p::text from projects p where id = :id")
                        .bind("id", project)
                        .mapTo(String.class)
                        .one());
        return state.toString();
    }
}
