package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.field;
import static io.tieout.formats.source.TestingPlans.plainAmount;
import static io.tieout.formats.source.TestingPlans.plan;
import static io.tieout.formats.source.TestingPlans.texts;
import static io.tieout.formats.source.TestingSources.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.formats.TestingStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StoredRowsTest {
    private static final Plan KEYED =
            plan(
                    SourceSpec.keyedBy("id"),
                    field("note", TestingPlans.TEXT),
                    field("amount", plainAmount()));

    private static TestingStore store(String name, String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return TestingStore.of(
                SourceInput.stream(name, new ByteArrayInputStream(bytes)), RowOptions.DEFAULT);
    }

    @Test
    void onlyTheNeededColumnsAreAskedFor() {
        StoredSource source =
                new StoredRows(KEYED, Side.LEFT, 0)
                        .source("bank", List.of("x", "amount", "y", "id", "note"));
        assertThat(source.columns()).containsExactly(1, 3, 4);
    }

    @Test
    void missingColumnNamesTheSourceTheUseAndTheNearest() {
        assertThatThrownBy(
                        () ->
                                new StoredRows(KEYED, Side.LEFT, 0)
                                        .source("bank", List.of("id", "amonut", "note")))
                .hasMessage(
                        "bank: there is no column `amount`, which the plan names at"
                                + " fields.amount.left; did you mean `amonut`?");
    }

    @Test
    void badValueIsRejectedWithSourceAndLine() {
        TestingStore bank = store("bank", "id,note,amount\n1,a,1\n\n2,b,x\n3,c,3\n");
        assertThatThrownBy(() -> bank.table(KEYED, Side.LEFT, 0, 1))
                .hasMessageStartingWith("bank:4: the value of `amount` is not a decimal")
                .hasMessageEndingWith("correct the source or the plan, or allow more rejects");
        SourceRead read = bank.table(KEYED, Side.LEFT, 1, 2);
        assertThat(valuesOf(read, "note")).containsExactly("a", "c");
        assertThat(read.table().rowNumber(1)).isEqualTo(3);
        assertThat(read.rejects())
                .extracting(Reject::line, Reject::row, Reject::column)
                .containsExactly(tuple(4L, 2, "amount"));
    }

    @Test
    void repeatedKeyIsRefusedWithBothLines() {
        TestingStore bank = store("bank", "id,note,amount\n1,a,1\n2,b,2\n\n 1 ,c,3\n");
        assertThatThrownBy(() -> bank.table(KEYED, Side.LEFT, 0, 2))
                .hasMessageStartingWith("bank:5: the key in column `id` is that of line 2 too");
    }

    @Test
    void amountsWithoutACommonScaleAreLocatedInAndAcrossParts() {
        TestingStore bank = store("bank", "id,note,amount\n1,a,999999999999999999\n\n2,b,0.0001\n");
        for (int parts = 1; parts <= 2; parts++) {
            int count = parts;
            assertThatThrownBy(() -> bank.table(KEYED, Side.LEFT, 0, count))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> {
                                Failure failure = e.failure();
                                assertThat(failure).isInstanceOf(Failure.LimitExceeded.class);
                                assertThat(failure.place().source()).isEqualTo("bank");
                                assertThat(failure.place().line()).isIn(2L, 4L);
                                assertThat(failure.problem()).startsWith("field amount: ");
                            });
        }
    }

    @Test
    void keyInTwoSourcesIsRefusedWithBothNames() {
        TestingStore old = store("january", "id,note,amount\n1,a,1\n2,b,2\n");
        TestingStore now = store("february", "id,note,amount\n3,c,3\n2,d,4\n");
        StoredRows rows = new StoredRows(KEYED, Side.LEFT, 0);
        StoredSource carried = rows.source("january", old.columns());
        StoredSource newest = rows.source("february", now.columns());
        old.fill(carried, 1, Optional.empty());
        now.fill(newest, 1, Optional.empty());
        assertThatThrownBy(() -> rows.assemble(now.read().info(), List.of(carried, newest)))
                .hasMessageStartingWith(
                        "february:3: the key in column `id` is that of line 3 of january too");
    }

    @Test
    void carriedRowGivesWayToTheNewerOneOfItsKey() {
        TestingStore old = store("january", "amount,id,note\n1,1,a\n2, 2,b\n5,5,e\n");
        TestingStore now = store("february", "id,note,amount\n3,c,3\n2,d,4\n");
        StoredRows rows = new StoredRows(KEYED, Side.LEFT, 0);
        StoredSource carried = rows.source("january", old.columns());
        StoredSource newest = rows.source("february", now.columns());
        now.fill(newest, 2, Optional.empty());
        assertThat(old.fill(carried, 1, Optional.of(newest.keys()))).isEqualTo(1);
        assertThat(carried.records()).isEqualTo(2);
        SourceRead read = rows.assemble(now.read().info(), List.of(carried, newest));
        assertThat(valuesOf(read, "note")).containsExactly("a", "e", "c", "d");
        assertThat(valuesOf(read, "amount")).containsExactly("1", "5", "3", "4");
        assertThat(read.table().key(1)).isEqualTo("5");
        assertThat(read.table().rowNumber(1)).isEqualTo(3);
        assertThat(read.info().rows()).isEqualTo(4);
    }

    @Test
    void severalSourcesNeedAKey() {
        TestingStore bank = store("bank", "a,b\n1,2\n");
        StoredRows rows = new StoredRows(texts("a", "b"), Side.RIGHT, 0);
        StoredSource one = rows.source("one", bank.columns());
        StoredSource two = rows.source("two", bank.columns());
        assertThatThrownBy(() -> rows.assemble(bank.read().info(), List.of(one, two)))
                .hasMessageContaining("`right.key`");
    }

    @Test
    void arrayWhereThePlanWantsAValueIsAReject() {
        TestingStore store =
                store("lines", "{\"a\":1,\"b\":[1, 2]}\n{\"a\":{\"c\":1},\"b\":2}\n{\"a\":3}\n");
        SourceRead read = store.table(texts("a", "b"), Side.LEFT, 2, 1);
        assertThat(valuesOf(read, "a")).containsExactly("3");
        assertThat(read.rejects())
                .extracting(Reject::reason)
                .containsExactly("has an array in `b`", "has an object in `a`");
    }

    @Test
    void cellIsGivenOnce() {
        StoredPart part =
                new StoredRows(texts("a", "b"), Side.LEFT, 0)
                        .source("s", List.of("a", "b"))
                        .part(1);
        part.cell(0, new byte[] {'1'}, 0, 1, CellKind.TEXT);
        assertThatThrownBy(() -> part.cell(0, new byte[] {'2'}, 0, 1, CellKind.TEXT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noRowsAreAnEmptyTable() {
        TestingStore bank = store("bank", "a,b\n");
        assertThat(bank.table(texts("a", "b"), Side.LEFT, 0, 1).table().rows()).isZero();
    }
}
