package io.tieout.server.reconciliation;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.plan.PlanFile;
import io.tieout.server.http.Json;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// A plan as a request writes it: an object, or a text in YAML or JSON.
///
/// @param text as it was written
/// @param file what it says
record PlanInput(String text, PlanFile file) {
    private static final String POINTER = "/plan";

    /// What failures call a plan that has no file.
    private static final String NAME = "plan";

    /// The plan.
    ///
    /// @throws Mistaken where it is none
    static PlanInput of(JsonNode plan) throws Mistaken {
        if (plan.isString()) {
            return parse(plan.stringValue(), true);
        }
        if (plan.isObject()) {
            return parse(new String(Json.writeTree(plan), StandardCharsets.UTF_8), false);
        }
        throw new Mistaken(
                new InputError(POINTER, "is neither an object nor a text in YAML or JSON"));
    }

    private static PlanInput parse(String text, boolean hasLines) throws Mistaken {
        try {
            return new PlanInput(text, PlanFile.parse(NAME, text.getBytes(StandardCharsets.UTF_8)));
        } catch (FailureException e) {
            throw new Mistaken(located(error(e.failure(), hasLines), e.failure(), text));
        }
    }

    /// The same at the pointer of the value that is wrong, where a line tells which it is.
    private static InputError located(InputError error, Failure failure, String text) {
        Place place = failure.place();
        return error.pointer().equals(POINTER) && place.line() > 0
                ? new InputError(
                        POINTER + PlanPointer.at(text, place.line(), Math.max(1, place.column())),
                        error.problem())
                : error;
    }

    /// A plan that was kept.
    static PlanFile kept(String canonical) {
        return PlanFile.parse(NAME, canonical.getBytes(StandardCharsets.UTF_8));
    }

    /// What is wrong, at the pointer of the plan within the body.
    ///
    /// @param hasLines whether the plan is a text, whose lines its writer knows
    static InputError error(Failure failure, boolean hasLines) {
        Place place = failure.place();
        String pointer = place.pointer() == null ? POINTER : POINTER + place.pointer();
        String where =
                hasLines && place.line() > 0
                        ? "line "
                                + place.line()
                                + (place.column() > 0 ? ", column " + place.column() : "")
                                + ": "
                        : "";
        return new InputError(pointer, where + failure.problem() + "; " + failure.remedy());
    }

    /// A plan that cannot be taken.
    static final class Mistaken extends Exception {
        private static final long serialVersionUID = 1;

        private final transient InputError error;

        Mistaken(InputError error) {
            super(error.problem(), null, false, false);
            this.error = error;
        }

        InputError error() {
            return error;
        }

        RuntimeException problem() {
            return Problem.invalid(error.pointer(), error.problem()).exception();
        }
    }
}
