package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.field;
import static io.tieout.formats.source.TestingPlans.plainAmount;
import static io.tieout.formats.source.TestingPlans.plan;
import static io.tieout.formats.source.TestingPlans.texts;
import static io.tieout.formats.source.TestingSources.read;
import static io.tieout.formats.source.TestingSources.readAllowing;
import static io.tieout.formats.source.TestingSources.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tieout.engine.plan.Plan;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonLinesSourceTest {
    private static final Plan AB = texts("a", "b");

    @Test
    void objectsAreRecordsWhateverTheOrderOfTheirNames() {
        SourceRead read = read("{\"a\":\"1\",\"b\":true}\n\n{\"b\":null,\"a\":2.50}\r\n", AB);
        assertThat(read.info().format()).isEqualTo(SourceFormat.JSON_LINES);
        assertThat(valuesOf(read, "a")).containsExactly("1", "2.50");
        assertThat(valuesOf(read, "b")).containsExactly("true", "");
    }

    @Test
    void innerValuesAreNamedByTheirPath() {
        SourceRead read = read("{\"p\":{\"q\":{\"r\":\"x\"}},\"s\":[1,{}]}", texts("p.q.r"));
        assertThat(valuesOf(read, "p.q.r")).containsExactly("x");
    }

    @Test
    void numbersAreExact() {
        Plan money = plan(field("n", plainAmount()));
        String text =
                "{\"n\":0.1}\n{\"n\":1e2}\n{\"n\":\"1,234.5\"}\n{\"n\":123456789012345.678}\n";
        assertThat(valuesOf(read(text, money), "n"))
                .containsExactly("0.100", "100.000", "1234.500", "123456789012345.678");
    }

    @Test
    void brokenLinesAreRejectedAlone() {
        String text =
                """
                {"a":"1","b":"2"}
                {"a":
                7
                {"a":1,"a":2}
                {} {}
                {"a":[1]}
                {"a":"\\ud800"}
                {"a":"3"}
                """;
        SourceRead read = readAllowing(9, text, AB);
        assertThat(valuesOf(read, "a")).containsExactly("1", "3");
        assertThat(read.rejects()).extracting(Reject::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void nameThatNoObjectHasIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> read("{\"A\":1,\"b\":2}\n", AB))
                .hasMessage(
                        "left.csv: there is no column `a`, which the plan names at fields.a.left;"
                                + " did you mean `A`?");
    }

    @Test
    void deepNestingIsRejected() {
        String deep = "{\"c\":".repeat(5000) + "1" + "}".repeat(5000);
        assertThatThrownBy(() -> read(deep, AB)).hasMessageContaining("no valid JSON object");
    }

    @Test
    void objectWhereAValueBelongsIsRejected() {
        SourceRead read = readAllowing(1, "{\"a\":1,\"b\":2}\n{\"a\":{\"v\":1},\"b\":2}\n", AB);
        assertThat(read.rejects())
                .extracting(Reject::line, Reject::reason)
                .containsExactly(tuple(2L, "has an object in `a`"));
    }

    @Test
    void twoValuesOfOnePathAreRejected() {
        Plan plan = texts("p.a");
        SourceRead read = readAllowing(1, "{\"p\":{\"a\":1}}\n{\"p.a\":1,\"p\":{\"a\":2}}\n", plan);
        assertThat(read.rejects())
                .extracting(Reject::line, Reject::reason)
                .containsExactly(tuple(2L, "has two values for `p.a`"));
    }

    @Test
    void whereEveryLineIsRejectedNoNameIsMissed() {
        SourceRead read = readAllowing(4, "{\n\"a\": 1,\n\"b\": 2\n}\n", AB);
        assertThat(read.table().rows()).isZero();
        assertThat(read.rejects())
                .first()
                .extracting(Reject::reason)
                .asString()
                .startsWith("is no valid JSON object, each on a line of its own");
    }

    @Test
    void anyEncodingIsRead() {
        byte[] marked = "\uFEFF{\"a\":1,\"b\":\"ü\"}\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(valuesOf(read(marked, AB), "b")).containsExactly("ü");
    }
}
