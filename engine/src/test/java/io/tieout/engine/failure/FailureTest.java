package io.tieout.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final List<Failure> ALL =
            List.of(
                    new Failure.InvalidPlan(Place.UNKNOWN, "is wrong", "mend it"),
                    new Failure.UnreadableSource(Place.UNKNOWN, "is wrong", "mend it"),
                    new Failure.LimitExceeded(Place.UNKNOWN, "is wrong", "mend it"),
                    new Failure.UnwritableOutcome(Place.UNKNOWN, "is wrong", "mend it"),
                    new Failure.UnprovenOutcome(Place.UNKNOWN, "is wrong", "mend it"),
                    new Failure.Cancelled(Place.UNKNOWN, "is wrong", "mend it"));

    @Test
    void aMessageIsOneLineOfPlaceProblemAndRemedy() {
        for (Failure failure : ALL) {
            assertThat(failure.message()).isEqualTo("is wrong; mend it");
            assertThat(failure.at(Place.of("bank.csv", 12, 3)).message())
                    .isEqualTo("bank.csv:12:3: is wrong; mend it");
            assertThat(new FailureException(failure)).hasMessage(failure.message());
        }
    }

    @Test
    void movingAFailureKeepsItsKind() {
        for (Failure failure : ALL) {
            Failure moved = failure.at(Place.of("x"));
            assertThat(moved).hasSameClassAs(failure).isNotEqualTo(failure);
            assertThat(moved.place()).isEqualTo(Place.of("x"));
        }
    }

    @Test
    void aPlaceTellsWhatIsKnownOfIt() {
        assertThat(Place.UNKNOWN).hasToString("");
        assertThat(Place.of("bank.csv")).hasToString("bank.csv");
        assertThat(Place.of("bank.csv", 12)).hasToString("bank.csv:12");
        assertThat(Place.of("bank.csv", 12, 3)).hasToString("bank.csv:12:3");
        assertThat(Place.at("/passes/0")).hasToString("/passes/0");
        assertThat(new Place(null, 12, 3, null)).hasToString("line 12:3");
        assertThat(new Place("plan.yaml", 12, 0, "/passes/0"))
                .hasToString("plan.yaml:12 (/passes/0)");
    }

    @Test
    void theCauseIsKept() {
        Exception cause = new IllegalStateException("disk");
        assertThat(new FailureException(ALL.getFirst(), cause)).hasCause(cause);
    }
}
