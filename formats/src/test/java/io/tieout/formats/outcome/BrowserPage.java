package io.tieout.formats.outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// A page in a browser, with all that it complains of and asks for.
final class BrowserPage {
    private final Browser browser;
    private final String session;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private BrowserPage(Browser browser, String session) {
        this.browser = browser;
        this.session = session;
    }

    /// Opens a file and waits until it is loaded.
    static BrowserPage open(Browser browser, Path file) {
        String target =
                text(
                        browser.send("", "Target.createTarget", Map.of("url", "about:blank")),
                        "targetId");
        String session =
                text(
                        browser.send(
                                "",
                                "Target.attachToTarget",
                                Map.of("targetId", target, "flatten", true)),
                        "sessionId");
        BrowserPage page = new BrowserPage(browser, session);
        browser.listen(page::hear);
        for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
            page.send(domain + ".enable", Map.of());
        }
        page.send("Page.navigate", Map.of("url", file.toUri().toString()));
        page.evaluate(
                "new Promise(done => document.readyState === 'complete' ? done()"
                        + " : addEventListener('load', done))");
        return page;
    }

    private static String text(Map<String, Object> from, String name) {
        return (String) Objects.requireNonNull(from.get(name), name);
    }

    private void hear(Map<String, Object> event) {
        if (!session.equals(event.get("sessionId"))) {
            return;
        }
        Map<?, ?> parameters = (Map<?, ?>) Objects.requireNonNull(event.get("params"));
        String method = text(event, "method");
        if (method.equals("Network.requestWillBeSent")) {
            Map<?, ?> request = (Map<?, ?>) Objects.requireNonNull(parameters.get("request"));
            requests.add(String.valueOf(request.get("url")));
        } else if (method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded")
                || method.equals("Runtime.consoleAPICalled")) {
            problems.add(parameters.toString());
        }
    }

    private Map<String, Object> send(String method, Map<String, ?> parameters) {
        return browser.send(session, method, parameters);
    }

    /// The value of an expression, waited for if it is a promise; the empty text if it has none.
    Object evaluate(String expression) {
        Map<String, Object> answer =
                send(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(answer.get("result"));
        Object value = result.get("value");
        return value == null ? "" : value;
    }

    /// The texts of all elements that a selector finds.
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>)
                evaluate(
                        "[...document.querySelectorAll("
                                + TestingJson.text(selector)
                                + ")].map(e => e.textContent)");
    }

    void click(String selector) {
        evaluate("document.querySelector(" + TestingJson.text(selector) + ").click()");
    }

    /// Types into whatever has the focus.
    void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    void press(String key, int code, String text) {
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            type.equals("keyDown") ? text : ""));
        }
    }

    /// Shows the page as on paper or on a screen that is dark or light.
    void show(String medium, String scheme) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        medium,
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// A computed style of the first element that a selector finds.
    String style(String selector, String property) {
        return (String)
                evaluate(
                        "getComputedStyle(document.querySelector("
                                + TestingJson.text(selector)
                                + ")).getPropertyValue('"
                                + property
                                + "')");
    }

    /// What the page logged, threw, or was forbidden to do.
    List<String> problems() {
        return problems;
    }

    /// The addresses that the page asked for, its own included.
    List<String> requests() {
        return requests;
    }
}
