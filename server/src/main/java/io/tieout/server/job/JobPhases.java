package io.tieout.server.job;

import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/// The phases of a job in their order, and how much of it each is thought to be.
final class JobPhases {
    static final String READING_LEFT = "reading left";
    static final String READING_RIGHT = "reading right";
    static final String STORING = "storing";
    static final String INDEXING = "indexing";

    /// How the engine names its phases.
    static final String PASS = "pass ";

    static final String BREAKS = "breaks";

    /// What the engine does after it has found the breaks.
    static final String PROOF = "proof";

    private static final double READING_SHARE = 0.15;
    private static final double PASSES_SHARE = 0.4;
    private static final double BREAKS_SHARE = 0.05;
    private static final double STORING_SHARE = 0.15;

    private final List<Phase> phases = new ArrayList<>();

    /// @param start the fraction of the job that is done when the phase starts
    /// @param share the fraction of the job that it is
    record Phase(String name, double start, double share) {}

    JobPhases(Plan plan) {
        add(READING_LEFT, READING_SHARE);
        add(READING_RIGHT, READING_SHARE);
        for (Pass pass : plan.passes()) {
            add(PASS + pass.name(), PASSES_SHARE / plan.passes().size());
        }
        add(BREAKS, BREAKS_SHARE);
        add(STORING, STORING_SHARE);
        add(INDEXING, 1 - start());
    }

    private void add(String name, double share) {
        phases.add(new Phase(name, start(), share));
    }

    private double start() {
        return phases.isEmpty() ? 0 : phases.getLast().start() + phases.getLast().share();
    }

    /// A phase; one that is not known has no share, and starts where the one before it ended.
    Phase named(String name, Phase before) {
        return phases.stream()
                .filter(phase -> phase.name().equals(name))
                .findFirst()
                .orElse(new Phase(name, before.start() + before.share(), 0));
    }
}
