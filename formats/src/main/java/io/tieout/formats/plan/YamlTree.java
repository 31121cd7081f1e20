package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Makes the tree of a YAML document out of the parser's events as they come, so that aliases, tags
/// and depth are refused before anything is built of them.
final class YamlTree {
    /// The deepest plan there is goes down seven levels.
    static final int MAX_DEPTH = 16;

    private final String name;
    private final Iterator<Event> events;
    private Place last;

    private YamlTree(String name, String text) {
        this.name = name;
        this.last = Place.of(name, 1, 1);
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setCodePointLimit(PlanText.MAX_BYTES).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// Reads the one document of a file.
    ///
    /// @throws FailureException when it is no YAML, or uses what a plan may not use
    static Node read(String name, String text) {
        return new YamlTree(name, text).document();
    }

    private Node document() {
        next();
        if (!(next() instanceof DocumentStartEvent)) {
            throw empty();
        }
        Node root = node(next(), 1);
        if (root.isNothing()) {
            throw empty();
        }
        next();
        if (next() instanceof DocumentStartEvent) {
            throw Invalid.at(
                    last,
                    "a second document begins here",
                    "keep one plan in a file, without `---`");
        }
        return root;
    }

    private FailureException empty() {
        return Invalid.at(
                Place.of(name), "the plan is empty", "write one that begins with `version: 1`");
    }

    private Event next() {
        try {
            Event event = events.next();
            last = place(event.getStartMark()).orElse(last);
            return event;
        } catch (MarkedYamlEngineException e) {
            throw malformed(e);
            // The parser has slips of its own, such as a NumberFormatException for `"\UFFFFFFFF"`.
        } catch (RuntimeException e) {
            throw Invalid.at(last, "what follows is not YAML", "correct it, or write it plainly");
        }
    }

    private FailureException malformed(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "it is malformed" : e.getProblem();
        // What was left open is found out at the end, and is of use where it was opened.
        boolean open = problem.contains("end of stream") || problem.contains("<stream end>");
        Place place =
                place(open ? e.getContextMark() : e.getProblemMark())
                        .or(() -> place(e.getProblemMark()))
                        .orElse(last);
        if (problem.contains("\\t(TAB)")) {
            return Invalid.at(
                    place, "a tab stands where YAML allows spaces only", "use spaces instead");
        }
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        String found =
                (context + problem).replaceAll("\\s+", " ").replaceAll("\\. \\(Do not.*", "");
        return Invalid.at(place, "this is not YAML: " + found, "correct it or quote the text");
    }

    private Optional<Place> place(Optional<Mark> mark) {
        return mark.map(at -> Place.of(name, at.getLine() + 1L, at.getColumn() + 1L));
    }

    private Node node(Event event, int depth) {
        Place place = last;
        if (depth > MAX_DEPTH) {
            throw Invalid.at(
                    place,
                    "the plan is nested deeper than " + MAX_DEPTH + " levels",
                    "take out brackets, braces or indentation");
        }
        refuseReferences(event, place);
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, place);
            case SequenceStart -> listing(place, depth);
            case MappingStart -> mapping(place, depth);
            case Alias,
                    Comment,
                    DocumentEnd,
                    DocumentStart,
                    MappingEnd,
                    SequenceEnd,
                    StreamEnd,
                    StreamStart ->
                    throw new IllegalStateException("no value begins with " + event);
        };
    }

    private static void refuseReferences(Event event, Place place) {
        if (event instanceof AliasEvent) {
            throw Invalid.at(place, "a plan has no aliases (`*`)", "write the value out");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw Invalid.at(place, "a plan has no anchors (`&`)", "take the anchor away");
        }
        boolean tagged =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag().isPresent();
                    case CollectionStartEvent collection -> collection.getTag().isPresent();
                    default -> false;
                };
        if (tagged) {
            throw Invalid.at(
                    place, "a plan has no tags (`!`)", "take the tag away, or quote the text");
        }
    }

    private static Node scalar(ScalarEvent event, Place place) {
        String text = event.getValue();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            // Escapes of JSON can write half a character, which no column name can hold.
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw Invalid.at(
                        place, "the text holds half a surrogate pair", "write the whole character");
            }
            i += Character.charCount(c);
        }
        return new Node.Scalar(place, text, event.isPlain());
    }

    private Node listing(Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = next();
                !event.getEventId().equals(Event.ID.SequenceEnd);
                event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Listing(place, items);
    }

    private Node mapping(Place place, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event event = next();
                !event.getEventId().equals(Event.ID.MappingEnd);
                event = next()) {
            Place keyPlace = last;
            String key = key(node(event, depth + 1));
            Node.Entry first = entries.get(key);
            if (first != null) {
                throw Invalid.at(
                        keyPlace,
                        Invalid.shown(key)
                                + " is given twice, first in line "
                                + first.keyPlace().line(),
                        "keep one of them");
            }
            entries.put(key, new Node.Entry(keyPlace, node(next(), depth + 1)));
        }
        return new Node.Mapping(place, entries);
    }

    private static String key(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            throw Invalid.at(
                    node.place(), "a key is one word, not " + node.kind(), "write `key: value`");
        }
        if (scalar.plain() && scalar.text().equals("<<")) {
            throw Invalid.at(
                    node.place(), "a plan has no merge keys (`<<`)", "write the values out");
        }
        if (scalar.text().isBlank()) {
            throw Invalid.at(node.place(), "a key is missing before `:`", "write `key: value`");
        }
        return scalar.text();
    }
}
