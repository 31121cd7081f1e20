package io.tieout.engine.run;

import io.tieout.engine.assign.Graph;
import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One pass over the records that earlier passes left open. Both sides are partitioned by key, and
/// threads match the partitions block by block. A large block is put aside, and its pairs are
/// scored by all threads.
final class PassRun {
    /// A block of more pairs than this is worth all threads.
    private static final long LARGE = 1L << 22;

    /// Chunks of a large block for each thread, at least: enough to even out.
    private static final int CHUNKS_A_THREAD = 16;

    /// Pairs of a chunk, about: a fraction of a second, after which a run may be cancelled.
    private static final long CHUNK_PAIRS = 1L << 20;

    private final PassContext context;
    private final RunLimits limits;
    private final Workers workers;
    private final Candidates candidates;
    private final boolean isAlwaysFull;

    private PassRun(PassContext context, RunLimits limits, Workers workers) {
        this.context = context;
        this.limits = limits;
        this.workers = workers;
        this.candidates =
                new Candidates(context.records(), context.pass(), context.left(), context.right());
        this.isAlwaysFull =
                new PairScore(context.records(), context.pass(), context.left(), context.right())
                        .isAlwaysFull();
    }

    static PassRun of(
            Records records,
            int passIndex,
            int[] openLeft,
            int[] openRight,
            PassContext.Lost lost,
            RunLimits limits,
            Workers workers,
            Progress progress) {
        Pass pass = records.plan().passes().get(passIndex);
        Key key = new Key(records, pass);
        Units left = units(records, pass, key, Side.LEFT, openLeft);
        Units right = units(records, pass, key, Side.RIGHT, openRight);
        return new PassRun(
                new PassContext(records, passIndex, key, left, right, lost, progress),
                limits,
                workers);
    }

    private static Units units(Records records, Pass pass, Key key, Side side, int[] open) {
        if (pass.together(side).isEmpty()) {
            return Units.single(side, open);
        }
        List<Column> together = new ArrayList<>();
        for (String name : pass.together(side)) {
            together.add(records.grouping(side, name));
        }
        // Records that disagree in what the pass wants equal cannot belong to one match.
        together.addAll(key.exactColumns(side));
        return Units.grouped(records, side, open, together, key.currencyColumns(side));
    }

    /// What a pass found.
    ///
    /// @param matches in parts, in no particular order
    /// @param approximated components too large for an optimum
    record Found(List<Matches> matches, long estimatedPairs, int approximated) {}

    /// The units of one block.
    private record Block(int[] lefts, int[] rights) {
        boolean isLarge() {
            return (long) lefts.length * rights.length > LARGE;
        }
    }

    /// How many pairs the pass would compare at most.
    long estimate() {
        return estimate(blocks());
    }

    /// How the pass finds its pairs, for people.
    String method() {
        Pass pass = context.pass();
        List<String> equal = fields(pass, Comparison.Exact.class);
        List<String> near = fields(pass, Comparison.Within.class);
        List<String> similar = fields(pass, Comparison.Similar.class);
        List<String> ways = new ArrayList<>();
        if (!equal.isEmpty()) {
            ways.add("records with equal " + String.join(", ", equal));
        }
        if (pass.searchesSubsets()) {
            ways.add("subsets that add up");
        } else {
            if (!near.isEmpty()) {
                ways.add("windows over " + String.join(", ", near));
            }
            if (!similar.isEmpty()) {
                ways.add("where a block is large, shared pieces of " + String.join(", ", similar));
            }
        }
        return ways.isEmpty() ? "every pair" : String.join("; ", ways);
    }

    private static List<String> fields(Pass pass, Class<? extends Comparison> kind) {
        return pass.match().stream()
                .filter(comparison -> kind.isInstance(comparison.comparison()))
                .map(FieldComparison::field)
                .toList();
    }

    private Blocks blocks() {
        return Blocks.of(context.key(), context.left(), context.right(), workers);
    }

    Found run() {
        Blocks blocks = blocks();
        long estimate = estimate(blocks);
        if (estimate > limits.maxPairs()) {
            throw tooMany(estimate);
        }
        context.progress().phase("pass " + context.pass().name(), blocks.partitions());
        ConcurrentLinkedQueue<Block> large = new ConcurrentLinkedQueue<>();
        AtomicInteger approximated = new AtomicInteger();
        List<Matches> found =
                new ArrayList<>(
                        workers.map(
                                blocks.partitions(),
                                () -> new BlockMatcher(context),
                                (matcher, partition) -> {
                                    context.stopIfCancelled();
                                    int before = matcher.approximated();
                                    Matches.Builder matches = new Matches.Builder();
                                    blocks.forEach(partition, matchInto(matcher, matches, large));
                                    approximated.addAndGet(matcher.approximated() - before);
                                    context.progress().advance(1);
                                    return matches.build();
                                }));
        for (Block block : large) {
            found.add(matchByAll(block, approximated));
        }
        return new Found(found, estimate, approximated.get());
    }

    private Blocks.Receiver matchInto(
            BlockMatcher matcher, Matches.Builder matches, Queue<Block> large) {
        return new Blocks.Receiver() {
            @Override
            public void pair(int left, int right) {
                matcher.matchPair(left, right, matches);
            }

            @Override
            public void block(int[] lefts, int[] rights) {
                Block block = new Block(lefts, rights);
                if (isForAll(block)) {
                    large.add(block);
                } else {
                    matcher.match(lefts, rights, matches);
                }
            }
        };
    }

    private boolean isForAll(Block block) {
        return block.isLarge() && !isAlwaysFull && !context.pass().searchesSubsets();
    }

    private Matches matchByAll(Block block, AtomicInteger approximated) {
        Candidates.Scan scan = candidates.scan(block.lefts(), block.rights());
        long wanted =
                Math.max((long) workers.count() * CHUNKS_A_THREAD, scan.pairs() / CHUNK_PAIRS);
        int chunk = (int) Math.max(1, scan.places() / wanted);
        int chunks = (scan.places() + chunk - 1) / chunk;
        context.progress().phase("pass " + context.pass().name(), chunks);
        List<Graph> parts =
                workers.map(
                        chunks,
                        () -> new BlockMatcher(context),
                        (matcher, number) -> {
                            context.stopIfCancelled();
                            Graph part = new Graph();
                            part.reset(block.lefts().length, block.rights().length);
                            matcher.score(
                                    scan,
                                    number * chunk,
                                    Math.min(scan.places(), (number + 1) * chunk),
                                    block.lefts(),
                                    block.rights(),
                                    part);
                            context.progress().advance(1);
                            return part;
                        });
        Graph graph = new Graph(parts.stream().mapToInt(Graph::edges).reduce(0, Math::addExact));
        graph.reset(block.lefts().length, block.rights().length);
        parts.forEach(graph::addAll);
        BlockMatcher matcher = new BlockMatcher(context);
        Matches.Builder matches = new Matches.Builder();
        matcher.assign(graph, block.lefts(), block.rights(), matches);
        approximated.addAndGet(matcher.approximated());
        return matches.build();
    }

    /// By counts alone where that is enough, else by the pairs of every block's scan.
    private long estimate(Blocks blocks) {
        long bound = blocks.pairsAtMost();
        if (isAlwaysFull) {
            // Units with one key are paired off, not compared with each other.
            return Math.min(bound, blocks.units());
        }
        if (bound <= limits.maxPairs() / 4) {
            return bound;
        }
        List<Long> counted =
                workers.map(
                        blocks.partitions(),
                        () -> candidates,
                        (scans, partition) -> {
                            context.stopIfCancelled();
                            PairCount count = new PairCount(scans);
                            blocks.forEach(partition, count);
                            return count.pairs;
                        });
        return counted.stream().mapToLong(Long::longValue).sum();
    }

    /// Counts the pairs that blocks would compare.
    private final class PairCount implements Blocks.Receiver {
        private final Candidates scans;
        private long pairs;

        PairCount(Candidates scans) {
            this.scans = scans;
        }

        @Override
        public void pair(int left, int right) {
            pairs++;
        }

        @Override
        public void block(int[] lefts, int[] rights) {
            pairs +=
                    context.pass().searchesSubsets()
                            ? (long) lefts.length + rights.length
                            : scans.scan(lefts, rights).pairs();
        }
    }

    private FailureException tooMany(long estimate) {
        return new FailureException(
                new Failure.LimitExceeded(
                        Place.at("/passes/" + context.passIndex()),
                        "pass \""
                                + context.pass().name()
                                + "\" would compare "
                                + String.format(Locale.ROOT, "%,d", estimate)
                                + " pairs, more than the limit of "
                                + String.format(Locale.ROOT, "%,d", limits.maxPairs()),
                        "add an exact comparison, tighten a `within`, or raise --max-pairs"));
    }
}
