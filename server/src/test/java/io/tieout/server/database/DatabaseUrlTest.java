package io.tieout.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgres://u:p@host/db, jdbc:postgresql://host/db, u, p",
                "postgresql://u@host:5433/db, jdbc:postgresql://host:5433/db, u, -",
                "postgres://host/db?sslmode=require, jdbc:postgresql://host/db?sslmode=require, -, -",
                "postgres://u%40x:p%3A%2F%2B+@host/db, jdbc:postgresql://host/db, u@x, p:/++",
                "postgres://u:p@[::1]:5432/db, jdbc:postgresql://[::1]:5432/db, u, p",
                "postgres://u:p@db_host.internal/db, jdbc:postgresql://db_host.internal/db, u, p",
                "postgres://u:a:b@host/db, jdbc:postgresql://host/db, u, a:b",
                "postgres://u:p@host/db?connect_timeout=3, jdbc:postgresql://host/db?connectTimeout=3, u, p",
                "jdbc:postgresql://host/db?user=u&password=p%26q&sslmode=require, jdbc:postgresql://host/db?sslmode=require, u, p&q",
                "jdbc:postgresql://host:5432/db, jdbc:postgresql://host:5432/db, -, -"
            })
    void bothFormsAreRead(String text, String jdbc, String user, String password) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url.jdbc()).isEqualTo(jdbc);
        assertThat(url.user()).isEqualTo(user);
        assertThat(url.password()).isEqualTo(password);
    }

    @Test
    void aMultiHostUrlIsKept() {
        assertThat(DatabaseUrl.parse("postgres://u:p@a:1,b:2/db").jdbc())
                .isEqualTo("jdbc:postgresql://a:1,b:2/db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:sesame@host/db",
                "postgres://u:sesame@host",
                "postgres://u:sesame@host/",
                "postgres:///sesame",
                "postgres://u:sesame%zz@host/db",
                "postgres://u:ses ame@host/db",
                "host=localhost password=sesame",
                ""
            })
    void whatCannotBeReadIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageStartingWith("DATABASE_URL cannot be read: ")
                .hasMessageContaining("postgres://user:password@host:5432/database")
                .hasMessageNotContaining("sesame")
                .hasNoCause();
    }

    @Test
    void itsTextShowsNoPassword() {
        assertThat(DatabaseUrl.parse("postgres://u:sesame@host/db")).hasToString("host/db");
        assertThat(
                        DatabaseSettings.of(
                                java.util.Optional.of("postgres://u:sesame@host/db"),
                                java.nio.file.Path.of("home")))
                .asString()
                .doesNotContain("sesame");
    }
}
