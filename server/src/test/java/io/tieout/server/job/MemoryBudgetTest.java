package io.tieout.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    @Test
    void noMoreIsTakenThanThereIs() {
        MemoryBudget budget = new MemoryBudget(3, 100);
        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(41)).isFalse();
        assertThat(budget.take(40)).isTrue();
        budget.give(60);
        assertThat(budget.take(60)).isTrue();
        assertThat(budget.takenMegabytes()).isEqualTo(100);
    }

    @Test
    void noMoreJobsAreLetInThanAreAllowed() {
        MemoryBudget budget = new MemoryBudget(1, 100);
        assertThat(budget.take(1)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.give(1);
        assertThat(budget.take(1)).isTrue();
    }
}
