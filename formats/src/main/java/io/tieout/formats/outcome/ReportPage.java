package io.tieout.formats.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The report: one page that needs nothing else. Styles and script are named by their hashes in the
/// page's own policy, so nothing that a record holds can run.
public final class ReportPage {
    private ReportPage() {}

    /// Writes the page as UTF-8. It holds the largest breaks and the matches to review, not all, so
    /// that it stays below a megabyte whatever the outcome's size.
    ///
    /// @throws IOException when the stream cannot be written to
    public static void write(RunRecord run, OutputStream out) throws IOException {
        String style = resource("report.css");
        String script = resource("report.js");
        String page =
                resource("report.html")
                        .replace("{{style-hash}}", hash(style))
                        .replace("{{script-hash}}", hash(script))
                        .replace("{{style}}", style)
                        .replace("{{script}}", script);
        int data = page.indexOf("{{data}}");
        out.write(page.substring(0, data).getBytes(StandardCharsets.UTF_8));
        out.write(inert(new ReportData(run).json()).getBytes(StandardCharsets.UTF_8));
        out.write(page.substring(data + "{{data}}".length()).getBytes(StandardCharsets.UTF_8));
    }

    /// JSON in which nothing can end the element that holds it.
    private static String inert(String json) {
        return json.replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
