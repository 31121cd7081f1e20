package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/// Filters with something of everything.
final class Filters {
    private Optional<ResultKind> kind = Optional.empty();
    private Optional<ResultStatus> status = Optional.empty();
    private Optional<Side> side = Optional.empty();
    private Optional<BreakKind> breakKind = Optional.empty();
    private Optional<String> pass = Optional.empty();
    private Optional<String> currency = Optional.empty();
    private Optional<BigDecimal> from = Optional.empty();
    private Optional<BigDecimal> to = Optional.empty();
    private Optional<LocalDate> dateFrom = Optional.empty();
    private Optional<LocalDate> dateTo = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<String> assignee = Optional.empty();

    Filters kind(ResultKind value) {
        kind = Optional.of(value);
        return this;
    }

    Filters status(ResultStatus value) {
        status = Optional.of(value);
        return this;
    }

    Filters side(Side value) {
        side = Optional.of(value);
        return this;
    }

    Filters breakKind(BreakKind value) {
        breakKind = Optional.of(value);
        return this;
    }

    Filters pass(String value) {
        pass = Optional.of(value);
        return this;
    }

    Filters currency(String value) {
        currency = Optional.of(value);
        return this;
    }

    Filters amounts(String low, String high) {
        from = Optional.of(new BigDecimal(low));
        to = Optional.of(new BigDecimal(high));
        return this;
    }

    Filters dates(String low, String high) {
        dateFrom = Optional.of(LocalDate.parse(low));
        dateTo = Optional.of(LocalDate.parse(high));
        return this;
    }

    Filters text(String value) {
        text = Optional.of(value);
        return this;
    }

    Filters assignee(String value) {
        assignee = Optional.of(value);
        return this;
    }

    ResultFilter filter() {
        return new ResultFilter(
                kind, status, side, breakKind, pass, currency, from, to, dateFrom, dateTo, text,
                assignee);
    }

    /// Filters of all sorts: of one shelf and many, of a column and of two, of few results and
    /// many.
    static Stream<ResultFilter> various() {
        return Stream.of(
                ResultFilter.ALL,
                new Filters().kind(ResultKind.BREAK).filter(),
                new Filters().kind(ResultKind.BREAK).side(Side.RIGHT).filter(),
                new Filters().status(ResultStatus.SUGGESTED).filter(),
                new Filters().pass("exact").filter(),
                new Filters().pass("exact").currency("CHF").filter(),
                new Filters().breakKind(BreakKind.MISSING).filter(),
                new Filters().amounts("9000.00", "9010.00").filter(),
                new Filters().amounts("-20.00", "20.00").kind(ResultKind.BREAK).filter(),
                new Filters().dates("2024-11-01", "2024-11-01").filter(),
                new Filters().dates("2024-11-01", "2024-12-31").filter(),
                new Filters().dates("2024-11-01", "2024-11-03").amounts("1.00", "2.00").filter(),
                new Filters().text("INV-2026-0000012").filter(),
                new Filters().text("INV-2026").filter(),
                new Filters().text("PAY00000123").filter(),
                new Filters().text("PAY").kind(ResultKind.MATCH).filter(),
                new Filters().assignee("me").filter(),
                new Filters().assignee("none").filter());
    }
}
