package io.tieout.server.database;

import java.nio.file.Path;
import java.util.Optional;

/// A program with a database, to be killed by a test: opens the database of a home, writes rows one
/// transaction each, and prints the number of each once it is committed.
final class EmbeddedProgram {
    private EmbeddedProgram() {}

    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(home, Path.of(arguments[1]), PostgresSettings.durable());
        DatabaseSettings settings = DatabaseSettings.of(Optional.empty(), home);
        Database database = Database.at(postgres.url(), settings);
        System.out.println("postgres " + postgres.pid());
        Segments segments = new Segments(database);
        RequestId request = new RequestId("kill");
        for (int i = 0; ; i++) {
            int number = i;
            database.inWorker(
                    request,
                    handle ->
                            handle.execute(
                                    "insert into nodes (id, started_at, seen_at, version) values (gen_random_uuid(), now(), now(), ?)",
                                    Integer.toString(number)));
            int segment =
                    RecordRows.load(
                            segments, number, number % 10 == 0 ? Segments.OWN_FROM_ROWS : 10);
            System.out.println("committed " + number + " " + segment);
        }
    }
}
