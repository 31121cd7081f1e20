package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeTablesTest {
    private static final String MATCHES =
            "match_id,left_key,right_key,pass,status,cardinality,score,differences\n";
    private static final String BREAKS = "side,key,kind,fields,nearest_key,reason\n";

    @TempDir private Path dir;

    private String matches(RunRecord run) throws IOException {
        Path path = dir.resolve("matches.csv");
        new OutcomeTables(run).writeMatches(path);
        return Files.readString(path);
    }

    private String breaks(RunRecord run) throws IOException {
        Path path = dir.resolve("breaks.csv");
        new OutcomeTables(run).writeBreaks(path);
        return Files.readString(path);
    }

    @Test
    void everyMatchHasItsRowInTheColumnsThatAreDocumented() throws IOException {
        assertThat(matches(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT)))
                .isEqualTo(
                        MATCHES
                                + "1,L1,B1,exact,confirmed,1:1,1,\n"
                                + "2,L2,B2,near,suggested,1:1,0.9291,amount -0.50; date +2 days\n");
    }

    @Test
    void everyBreakHasItsRowInTheColumnsThatAreDocumented() throws IOException {
        assertThat(breaks(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT)))
                .isEqualTo(
                        BREAKS
                                + "left,L3,differs,amount,B3,the nearest on the right agrees in all"
                                + " but amount +400.00\n"
                                + "left,L4,missing,,,nothing on the right comes near\n"
                                + "right,B3,differs,amount,L3,the nearest on the left agrees in all"
                                + " but amount +400.00\n"
                                + "right,B5,missing,,,nothing on the left comes near\n");
    }

    @Test
    void anEmptyOutcomeIsItsHeaders() throws IOException {
        RunRecord run = TestingRuns.run(TestingRuns.PLAN, TestingRuns.HEADER, TestingRuns.HEADER);
        assertThat(matches(run)).isEqualTo(MATCHES);
        assertThat(breaks(run)).isEqualTo(BREAKS);
    }

    @Test
    void aGroupHasARowForEachOfItsPairs() throws IOException {
        String plan =
                """
                version: 1
                left: {key: id}
                right: {key: id}
                fields:
                  amount: {left: amount, right: amount, type: amount, currency: EUR}
                passes:
                  - name: payout
                    cardinality: many-to-one
                    together: [batch]
                    match: {amount: sum}
                """;
        RunRecord run =
                TestingRuns.run(
                        plan,
                        "id,amount,batch\nL1,10.00,a\nL2,20.50,a\nL3,1.00,b\n",
                        "id,amount\nB1,30.50\nB2,1.00\n");
        assertThat(matches(run))
                .isEqualTo(
                        MATCHES
                                + "1,L1,B1,payout,confirmed,N:1,1,\n"
                                + "1,L2,B1,payout,confirmed,N:1,1,\n"
                                + "2,L3,B2,payout,confirmed,1:1,1,\n");
    }

    @Test
    void aTieSaysThatItIsAmbiguousAndTheLoserIsABreak() throws IOException {
        String plan =
                """
                version: 1
                left: {key: id}
                right: {key: id}
                fields:
                  note: {left: note, right: note, type: text}
                  amount: {left: amount, right: amount, type: amount, currency: EUR}
                passes:
                  - name: amount
                    match: {amount: exact}
                """;
        RunRecord run =
                TestingRuns.run(
                        plan, "id,note,amount\nL1,a,5\nL2,b,5\n", "id,note,amount\nB1,c,5\n");
        assertThat(matches(run))
                .isEqualTo(MATCHES + "1,L1,B1,amount,suggested,1:1,1,ambiguous; note\n");
        assertThat(breaks(run))
                .startsWith(BREAKS + "left,L2,ambiguous,")
                .endsWith(",tied with another record for a match and was not the one suggested\n");
    }

    @Test
    void keysThatCsvWouldMisreadAreQuotedAndOthersAreNot() throws IOException {
        String plan =
                """
                version: 1
                left: {key: id}
                right: {key: id}
                fields:
                  ref: {left: ref, right: ref, type: text}
                passes:
                  - name: "one, \\"two\\""
                    match: {ref: exact}
                """;
        RunRecord run =
                TestingRuns.run(
                        plan,
                        "id,ref\n\"a,b\",1\n\"c\"\"d\",2\n\"e\nf\",3\n=g(),4\nhé 😀,5\n",
                        "id,ref\n1,1\n2,2\n3,3\n4,4\n5,5\n");
        assertThat(matches(run))
                .isEqualTo(
                        MATCHES
                                + "1,\"a,b\",1,\"one, \"\"two\"\"\",confirmed,1:1,1,\n"
                                + "2,\"c\"\"d\",2,\"one, \"\"two\"\"\",confirmed,1:1,1,\n"
                                + "3,\"e\nf\",3,\"one, \"\"two\"\"\",confirmed,1:1,1,\n"
                                + "4,=g(),4,\"one, \"\"two\"\"\",confirmed,1:1,1,\n"
                                + "5,hé 😀,5,\"one, \"\"two\"\"\",confirmed,1:1,1,\n");
    }

    @Test
    void recordsWithoutAKeyAreNamedByTheirRowNumber() throws IOException {
        String plan =
                """
                version: 1
                fields:
                  ref: {left: ref, right: ref, type: text}
                passes:
                  - name: ref
                    match: {ref: exact}
                """;
        RunRecord run = TestingRuns.run(plan, "ref\nx\ny\n", "ref\ny\n");
        assertThat(matches(run)).isEqualTo(MATCHES + "1,2,1,ref,confirmed,1:1,1,\n");
        assertThat(breaks(run)).startsWith(BREAKS + "left,1,");
    }

    @Test
    void aScoreIsRoundedDownSoThatOnlyAWholeAgreementIsOne() {
        assertThat(OutcomeTables.score(1)).isEqualTo("1");
        assertThat(OutcomeTables.score(0)).isEqualTo("0");
        assertThat(OutcomeTables.score(0.999_999_999)).isEqualTo("0.9999");
        assertThat(OutcomeTables.score(0.5)).isEqualTo("0.5");
        assertThat(OutcomeTables.score(0.000_1)).isEqualTo("0.0001");
        assertThat(OutcomeTables.score(0.000_099_999)).isEqualTo("0");
        assertThat(OutcomeTables.score(0.7)).isEqualTo("0.7");
        assertThat(OutcomeTables.score(0.289_9)).isEqualTo("0.2899");
    }

    @Test
    void rejectsNameTheirLineAndColumnAndNotTheirValue() throws IOException {
        RunRecord run =
                TestingRuns.run(
                        TestingRuns.PLAN,
                        TestingRuns.LEFT + "L9,R-9,secret,EUR,2026-01-01\n",
                        TestingRuns.RIGHT,
                        1);
        Path path = dir.resolve("rejects.csv");
        new OutcomeTables(run).writeRejects(path);
        assertThat(Files.readString(path))
                .startsWith("side,line,row,column,reason\nleft,6,5,amount,")
                .doesNotContain("secret");
    }
}
