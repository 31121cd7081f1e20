package io.tieout.server.reconciliation;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Finds what of a plan is at a line and a column of its text, as a JSON pointer: an editor of
/// plans that are objects knows no lines. YAML and JSON alike.
final class PlanPointer {
    private final long line;
    private final long column;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private String found = "";

    private PlanPointer(long line, long column) {
        this.line = line;
        this.column = column;
    }

    /// A list or an object that is being read.
    private static final class Frame {
        private final String pointer;
        private final boolean isList;
        private int items;
        private @Nullable String key;

        Frame(String pointer, boolean isList) {
            this.pointer = pointer;
            this.isList = isList;
        }
    }

    /// The pointer of the last value that begins at a place or before it; empty for the whole plan.
    ///
    /// @param line from 1
    /// @param column from 1
    static String at(String text, long line, long column) {
        PlanPointer pointer = new PlanPointer(line, column);
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                if (pointer.isBehind(event)) {
                    break;
                }
                pointer.take(event);
            }
        } catch (YamlEngineException _) {
            // Where the text is no YAML from there on, what came before it is known.
        }
        return pointer.found;
    }

    private boolean isBehind(Event event) {
        return event.getStartMark()
                .map(
                        (Mark mark) ->
                                mark.getLine() + 1L > line
                                        || (mark.getLine() + 1L == line
                                                && mark.getColumn() + 1L > column))
                .orElse(false);
    }

    private void take(Event event) {
        switch (event.getEventId()) {
            case SequenceStart -> frames.push(new Frame(value(null), true));
            case MappingStart -> frames.push(new Frame(value(null), false));
            case SequenceEnd, MappingEnd -> frames.pop();
            case Scalar -> found = value(((ScalarEvent) event).getValue());
            case Alias -> found = value("");
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
        }
    }

    /// The pointer of a key or a value that begins; within an object they take turns.
    private String value(@Nullable String scalar) {
        Frame frame = frames.peek();
        if (frame == null) {
            return found;
        }
        String step;
        if (frame.isList) {
            step = Integer.toString(frame.items++);
        } else if (frame.key == null) {
            step = scalar == null ? "" : scalar;
            frame.key = step;
        } else {
            step = frame.key;
            frame.key = null;
        }
        found = frame.pointer + "/" + step.replace("~", "~0").replace("/", "~1");
        return found;
    }
}
