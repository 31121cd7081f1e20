/// The pure matching engine: two [io.tieout.engine.table.Table]s and a [io.tieout.engine.plan.Plan]
/// in, one [io.tieout.engine.outcome.Outcome] out. It reads no file, clock, locale or random
/// source.
module io.tieout.engine {
    requires static transitive org.jspecify;

    exports io.tieout.engine.clean;
    exports io.tieout.engine.compare;
    exports io.tieout.engine.failure;
    exports io.tieout.engine.outcome;
    exports io.tieout.engine.plan;
    exports io.tieout.engine.run;
    exports io.tieout.engine.table;
}
