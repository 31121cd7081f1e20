package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LargestBreaksTest {
    private static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              ref: {left: ref, right: ref, type: text}
              amount: {left: amount, right: amount, type: amount, currency: currency}
            passes:
              - name: ref
                match: {ref: exact}
            """;
    private static final String HEADER = "id,ref,amount,currency\n";

    private static List<String> largest(int most, String left, String right) {
        RunRecord run = TestingRuns.run(PLAN, HEADER + left, HEADER + right);
        return LargestBreaks.of(run, most).stream()
                .map(
                        entry ->
                                run.table(entry.side())
                                        .key(run.outcome().breaks(entry.side()).row(entry.index())))
                .toList();
    }

    @Test
    void theSignDoesNotMatterAndTheLeftComesFirst() {
        assertThat(largest(9, "L1,a,5,EUR\nL2,b,-900.5,EUR\n", "B1,c,900.50,EUR\nB2,d,7,EUR\n"))
                .containsExactly("L2", "B1", "B2", "L1");
    }

    @Test
    void aCurrencyOfSmallUnitsDoesNotPushAnotherOut() {
        String yen = "L1,a,900000,JPY\nL2,b,800000,JPY\nL3,c,700000,JPY\n";
        assertThat(largest(3, yen, "B1,x,7000,EUR\nB2,y,1,EUR\n"))
                .containsExactly("L1", "L2", "B1");
        assertThat(largest(4, yen, "B1,x,7000,EUR\nB2,y,1,EUR\n"))
                .containsExactly("L1", "L2", "B1", "B2");
        assertThat(largest(1, yen, "B1,x,7000,EUR\n")).containsExactly("L1");
    }

    @Test
    void aCurrencyWithFewBreaksLeavesItsShareToOthers() {
        assertThat(largest(4, "L1,a,1,EUR\nL2,b,2,EUR\nL3,c,3,EUR\nL4,d,4,EUR\n", "B1,x,9,CHF\n"))
                .containsExactly("L4", "L3", "L2", "B1");
    }

    @Test
    void breaksWithoutAnAmountComeLast() {
        assertThat(largest(9, "L1,a,,EUR\nL2,b,0,EUR\n", "B1,c,1,EUR\n"))
                .containsExactly("B1", "L2", "L1");
        assertThat(largest(2, "L1,a,,EUR\nL2,b,0,EUR\n", "B1,c,1,EUR\n"))
                .containsExactly("B1", "L2");
    }

    @Test
    void withoutAnAmountInThePlanTheyAreTheFirst() {
        String plan =
                """
                version: 1
                left: {key: id}
                right: {key: id}
                fields:
                  quantity: {left: q, right: q, type: number}
                passes:
                  - name: quantity
                    match: {quantity: exact}
                """;
        RunRecord run = TestingRuns.run(plan, "id,q\nL1,1\nL2,99\n", "id,q\nB1,55\n");
        assertThat(LargestBreaks.of(run, 2))
                .extracting(LargestBreaks.Entry::index)
                .containsExactly(0, 1);
    }
}
