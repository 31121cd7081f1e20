package io.tieout.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.Tolerance;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Tolerances against exact arithmetic, to the ends of what a column holds.
final class BoundsProperties {
    private static final Tolerance NONE = new Tolerance.Absolute(BigDecimal.ZERO);

    @Provide
    Arbitrary<Long> value() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-2_000, 2_000),
                Arbitraries.longs().between(Long.MIN_VALUE + 1, Long.MAX_VALUE),
                Arbitraries.of(Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, 0L, -1L));
    }

    @Provide
    Arbitrary<BigDecimal> percent() {
        return Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal(100)).ofScale(6);
    }

    @Provide
    Arbitrary<BigDecimal> limit() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal(900)).ofScale(4),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, new BigDecimal("1e22"))
                        .ofScale(0));
    }

    @Property
    void aPercentageIsOfTheLargerMagnitude(
            @ForAll @From("value") long left,
            @ForAll @From("value") long right,
            @ForAll @From("percent") BigDecimal percent) {
        BigDecimal larger = BigDecimal.valueOf(left).abs().max(BigDecimal.valueOf(right).abs());
        requireLike(
                Bounds.of(new Within(new Tolerance.Relative(percent)), amounts(2)),
                left,
                right,
                larger.multiply(percent).movePointLeft(2));
    }

    @Property
    void anAbsoluteLimitIsInMajorUnits(
            @ForAll @From("value") long left,
            @ForAll @From("value") long right,
            @ForAll @From("limit") BigDecimal limit,
            @ForAll @IntRange(max = 18) int scale) {
        requireLike(
                Bounds.of(new Within(new Tolerance.Absolute(limit)), amounts(scale)),
                left,
                right,
                limit.movePointRight(scale));
    }

    @Property
    void belowAndAboveAreSeenFromTheLeftValue(
            @ForAll @From("value") long left,
            @ForAll @From("value") long right,
            @ForAll @From("limit") BigDecimal limit) {
        Tolerance some = new Tolerance.Absolute(limit);
        Bounds downOnly = Bounds.of(new Within(some, NONE), amounts(0));
        Bounds upOnly = Bounds.of(new Within(NONE, some), amounts(0));
        requireLike(downOnly, left, right, right < left ? limit : BigDecimal.ZERO);
        requireLike(upOnly, left, right, right > left ? limit : BigDecimal.ZERO);
        assertThat(downOnly.score(left, right)).isEqualTo(upOnly.score(right, left));
    }

    private static void requireLike(Bounds bounds, long left, long right, BigDecimal limit) {
        BigDecimal gap = BigDecimal.valueOf(left).subtract(BigDecimal.valueOf(right)).abs();
        boolean meets = gap.compareTo(limit) <= 0;
        assertThat(bounds.meet(left, right)).isEqualTo(meets);
        if (!meets) {
            assertThat(bounds.score(left, right)).isNegative();
        } else if (gap.signum() == 0) {
            assertThat(bounds.score(left, right)).isEqualTo(1);
        } else {
            double share = gap.divide(limit, MathContext.DECIMAL64).doubleValue();
            assertThat(bounds.score(left, right))
                    .isBetween(0.5, 1.0)
                    .isEqualTo(1 - share / 2, within(1e-12));
        }
    }

    @Example
    void daysAreWholeAndTimesAreExactToTheMicrosecond() {
        DateColumn.Builder day = new DateColumn.Builder(1);
        Bounds days = elapsed(Duration.ofDays(2), day.build());
        assertThat(days.meet(20_000, 20_002)).isTrue();
        assertThat(days.meet(20_000, 20_003)).isFalse();
        assertThat(days.score(20_000, 20_001)).isEqualTo(0.75);
        DateTimeColumn.Builder moment = new DateTimeColumn.Builder(1);
        Bounds hour = elapsed(Duration.ofHours(1), moment.build());
        assertThat(hour.meet(0, 3_600_000_000L)).isTrue();
        assertThat(hour.meet(0, 3_600_000_001L)).isFalse();
        assertThat(hour.score(0, 1_800_000_000L)).isEqualTo(0.75);
    }

    @Example
    void aTimeLongerThanAnyIsNoError() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        Bounds days = elapsed(longest, new DateColumn.Builder(1).build());
        assertThat(days.meet(Integer.MIN_VALUE + 1, Integer.MAX_VALUE)).isTrue();
        Bounds moments = elapsed(longest, new DateTimeColumn.Builder(1).build());
        assertThat(moments.meet(Long.MIN_VALUE + 1, Long.MAX_VALUE)).isTrue();
    }

    @Example
    void noLimitAllowsNoGap() {
        assertThat(Bounds.NOTHING.score(5, 5)).isEqualTo(1);
        assertThat(Bounds.NOTHING.meet(5, 6)).isFalse();
        Bounds none = Bounds.of(new Within(new Tolerance.Relative(BigDecimal.ZERO)), amounts(0));
        assertThat(none.score(-5, -5)).isEqualTo(1);
        assertThat(none.meet(-5, -6)).isFalse();
    }

    private static Bounds elapsed(Duration limit, Column column) {
        return Bounds.of(new Within(new Tolerance.Elapsed(limit)), column);
    }

    private static AmountColumn amounts(int scale) {
        AmountColumn.Builder amounts = new AmountColumn.Builder(1);
        amounts.append(1, scale, "EUR");
        return amounts.build();
    }
}
