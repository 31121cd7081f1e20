package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.formats.OptionalPart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report in a real browser.
final class ReportPageTest {
    private static @Nullable Browser browser;

    @TempDir private Path dir;

    @BeforeEach
    void startBrowser() throws IOException, InterruptedException {
        Path program = OptionalPart.CHROMIUM.require();
        if (browser == null) {
            browser = Browser.start(program);
        }
    }

    @AfterAll
    static void endBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private BrowserPage open(RunRecord run) throws IOException {
        Path file = dir.resolve("report.html");
        try (OutputStream out = Files.newOutputStream(file)) {
            ReportPage.write(run, out);
        }
        return BrowserPage.open(Objects.requireNonNull(browser), file);
    }

    private BrowserPage open(String left, String right) throws IOException {
        return open(
                TestingRuns.run(
                        TestingRuns.PLAN, TestingRuns.HEADER + left, TestingRuns.HEADER + right));
    }

    private static final String KEYS = "#breaks tbody td:nth-child(3)";

    /// The button of a column of the breaks.
    private static String header(int column) {
        return "#breaks thead th:nth-child(" + column + ") button";
    }

    private static final int AMOUNT = 5;

    @Test
    void aWholeReportLogsNothingAndAsksForNothing() throws IOException {
        BrowserPage page =
                open(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT));
        assertThat(page.texts("#verdict"))
                .containsExactly("Not tied out: 4 breaks and 1 suggested match are open.");
        assertThat(page.texts(".figure strong")).containsExactly("50.0 %", "50.0 %", "4", "1");
        assertThat(page.texts("#matches tbody tr")).hasSize(2);
        assertThat(page.texts("#passes tbody tr")).hasSize(2);
        assertThat(page.texts("#totals tbody tr")).hasSize(5);
        assertThat(page.texts("#digests tbody tr")).hasSize(4);
        assertThat(page.problems()).isEmpty();
        assertThat(page.requests()).containsExactly(dir.resolve("report.html").toUri().toString());
    }

    @Test
    void amountsSortByAllOfTheirDigits() throws IOException {
        BrowserPage page =
                open(
                        """
                        a,1,9007199254740993.02,EUR,2026-01-01
                        b,2,-5,EUR,2026-01-01
                        c,3,9007199254740993.01,EUR,2026-01-01
                        d,4,,EUR,2026-01-01
                        e,5,10,EUR,2026-01-01
                        f,6,-40,EUR,2026-01-01
                        """,
                        "");
        assertThat(page.texts(KEYS)).containsExactly("a", "c", "f", "e", "b", "d");
        page.click(header(AMOUNT));
        assertThat(page.texts(KEYS)).containsExactly("f", "b", "e", "c", "a", "d");
        page.click(header(AMOUNT));
        assertThat(page.texts(KEYS)).containsExactly("a", "c", "e", "b", "f", "d");
        page.click(header(AMOUNT));
        assertThat(page.texts(KEYS)).containsExactly("a", "c", "f", "e", "b", "d");
        assertThat(page.texts("#breaks tbody tr:first-child td:nth-child(5)"))
                .containsExactly("9,007,199,254,740,993.02EUR");
    }

    @Test
    void amountsOfSeveralCurrenciesStayApart() throws IOException {
        BrowserPage page =
                open(
                        """
                        a,1,900000,JPY,2026-01-01
                        b,2,7000,EUR,2026-01-01
                        c,3,800000,JPY,2026-01-01
                        d,4,8000,EUR,2026-01-01
                        """,
                        "");
        page.click(header(AMOUNT));
        assertThat(page.texts(KEYS)).containsExactly("b", "d", "c", "a");
        page.click(header(AMOUNT));
        assertThat(page.texts(KEYS)).containsExactly("d", "b", "a", "c");
        assertThat(page.texts("#kinds h3"))
                .containsExactly("Number", "Value in EUR", "Value in JPY");
        assertThat(page.texts("#breaks-note").getFirst()).contains("within a currency only");
    }

    @Test
    void filteringNarrows() throws IOException {
        StringBuilder left = new StringBuilder();
        for (int i = 10; i < 30; i++) {
            left.append("K").append(i).append(",r").append(i).append(",1.00,EUR,2026-01-01\n");
        }
        BrowserPage page = open(left.toString(), "Z,z,5,EUR,2026-02-02\n");
        page.evaluate("document.querySelector('#breaks input').focus()");
        page.type("k1");
        assertThat(page.texts(KEYS)).hasSize(10).allMatch(key -> key.startsWith("K1"));
        assertThat(page.texts("#breaks output")).containsExactly("10 of 21");
        page.evaluate(
                "(s => { s.value = '=right'; s.dispatchEvent(new Event('change')); })"
                        + "(document.querySelector('#breaks select'))");
        assertThat(page.texts(KEYS)).isEmpty();
    }

    @Test
    void aReportThatShowsNotAllSaysSo() throws IOException {
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            left.append("K").append(i).append(",r").append(i).append(",").append(i);
            left.append(",EUR,2026-01-01\n");
        }
        BrowserPage page = open(left.toString(), "");
        assertThat(page.texts("#breaks-note"))
                .containsExactly("The 1,000 largest of 1,200; all are in breaks.csv.");
        assertThat(page.texts(KEYS)).hasSize(1000).startsWith("K1199").endsWith("K200");
    }

    @Test
    void markupInRecordsAndPlansIsTextAndNothingElse() throws IOException {
        String attack = "</script><img src=x onerror=window.attacked=1><script>attacked=1</script>";
        String plan =
                TestingRuns.PLAN
                        .replace("name: exact", "name: \"" + attack + "\"")
                        .replace("reference:", "\"<b>" + attack + "\":")
                        .replace("{\"<b>" + attack + "\": exact", "{\"<b>" + attack + "\": exact");
        String left =
                TestingRuns.HEADER + attack + ",<!--,1,EUR,2026-01-01\nM,m,2,EUR,2026-01-02\n";
        BrowserPage page =
                open(TestingRuns.run(plan, left, TestingRuns.HEADER + "M,m,2,EUR,2026-01-02\n"));
        page.click("#breaks .open");
        assertThat(page.texts(KEYS)).containsExactly(attack);
        assertThat(page.texts("#passes tbody tr:first-child td:first-child"))
                .containsExactly(attack);
        assertThat(page.texts(".compare tbody th").getFirst()).isEqualTo("<b>" + attack);
        assertThat(page.texts("img, b, main script")).isEmpty();
        assertThat(page.evaluate("typeof window.attacked")).isEqualTo("undefined");
        assertThat(page.problems()).isEmpty();
        assertThat(page.requests()).hasSize(1);
    }

    @Test
    void textFromRightToLeftIsKeptApartFromItsNeighbours() throws IOException {
        BrowserPage page = open("\u202eמפתח 😀,1,1,EUR,2026-01-01\n", "");
        assertThat(page.texts("#breaks tbody bdi").getFirst()).isEqualTo("\u202eמפתח 😀");
    }

    @Test
    void aBreakIsComparedWithItsNearestByKeyboard() throws IOException {
        BrowserPage page =
                open(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT));
        String at = "";
        for (int i = 0; i < 60 && !at.startsWith("Compare"); i++) {
            page.press("Tab", 9, "");
            at = (String) page.evaluate("document.activeElement.getAttribute('aria-label')");
        }
        page.press("Enter", 13, "\r");
        assertThat(page.evaluate("document.activeElement.getAttribute('aria-expanded')"))
                .isEqualTo("true");
        assertThat(page.texts(".compare tr.differs th")).containsExactly("amount");
        assertThat(page.texts(".compare tr.differs td")).hasSize(2);
        page.press("Enter", 13, "\r");
        assertThat(page.texts(".compare")).isEmpty();
    }

    @Test
    void headersTellHowTheySort() throws IOException {
        BrowserPage page =
                open(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT));
        page.evaluate("document.querySelector('" + header(AMOUNT) + "').focus()");
        page.press("Enter", 13, "\r");
        assertThat(page.evaluate("document.querySelector('[aria-sort]').ariaSort"))
                .isEqualTo("ascending");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("amount");
    }

    @Test
    void everyChartHasALabelWithItsFigures() throws IOException {
        BrowserPage page =
                open(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT));
        Object labels =
                page.evaluate(
                        "[...document.querySelectorAll('svg')].map(s =>"
                                + " s.getAttribute('role') + ' ' + s.getAttribute('aria-label'))");
        assertThat((List<?>) labels)
                .isNotEmpty()
                .allSatisfy(label -> assertThat(label.toString()).matches("img .*: .*\\d.*"));
    }

    @Test
    void theDarkSchemeIsFollowedAndCanBeChosen() throws IOException {
        BrowserPage page = open("", "");
        page.show("screen", "light");
        String light = page.style("body", "background-color");
        page.show("screen", "dark");
        String dark = page.style("body", "background-color");
        assertThat(dark).isNotEqualTo(light);
        page.click("#theme");
        assertThat(page.style("body", "background-color")).isEqualTo(light);
        page.click("#theme");
        assertThat(page.style("body", "background-color")).isEqualTo(dark);
    }

    @Test
    void paperShowsNoControlsAndWholeTables() throws IOException {
        BrowserPage page =
                open(TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT));
        page.show("screen", "dark");
        page.click("#theme");
        page.click("#theme");
        assertThat(page.style("#theme", "display")).isNotEqualTo("none");
        page.show("print", "dark");
        assertThat(page.style("#theme", "display")).isEqualTo("none");
        assertThat(page.style(".open", "display")).isEqualTo("none");
        assertThat(page.style("#breaks .scroll", "max-height")).isEqualTo("none");
        assertThat(page.style("body", "background-color")).isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void nothingOpenIsSaidInAWord() throws IOException {
        String row = "A,a,1,EUR,2026-01-01\n";
        BrowserPage page = open(row, row);
        assertThat(page.texts("#verdict")).containsExactly("Everything ties out.");
        assertThat(page.texts("#breaks")).containsExactly("There are none.");
        assertThat(page.texts("#kinds")).containsExactly("There are none.");
        assertThat(open("", "").texts(".figure strong"))
                .containsExactly("\u2013", "\u2013", "0", "0");
        assertThat(page.problems()).isEmpty();
    }
}
