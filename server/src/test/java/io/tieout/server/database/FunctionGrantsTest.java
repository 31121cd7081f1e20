package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What runs with another's rights must not be there for anybody who can connect.
final class FunctionGrantsTest {
    private static final String OPEN_TO_ALL =
            """
            select p.proname::text from pg_proc p
             where p.pronamespace = 'public'::regnamespace and p.prosecdef
               and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                            where a.grantee = 0 and a.privilege_type = 'EXECUTE')
             order by 1
            """;

    @Test
    void noFunctionWithTheWorkersRightsIsOpenToEverybody() {
        try (TestingDatabase testing = TestingPostgres.database()) {
            List<String> open =
                    testing.database()
                            .inWorker(
                                    new RequestId("grants"),
                                    handle ->
                                            handle.createQuery(OPEN_TO_ALL)
                                                    .mapTo(String.class)
                                                    .list());
            assertThat(open).isEmpty();
        }
    }
}
