package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each broken plan is refused in one line that says where, what, and what to do.
final class BrokenPlanTest {
    static List<TestingPlanFiles.Broken> broken() {
        return TestingPlanFiles.broken();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isRefusedWithPlaceProblemAndRemedy(TestingPlanFiles.Broken plan) {
        byte[] utf8 = plan.text().getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PlanFile.parse("plan.yaml", utf8))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.InvalidPlan.class))
                .hasMessage(plan.message());
    }

    @Test
    void tableHoldsEveryCaseOnce() {
        List<TestingPlanFiles.Broken> cases = broken();
        assertThat(cases).hasSizeGreaterThan(170);
        assertThat(cases).extracting(TestingPlanFiles.Broken::title).doesNotHaveDuplicates();
        assertThat(cases).extracting(TestingPlanFiles.Broken::text).doesNotHaveDuplicates();
    }
}
