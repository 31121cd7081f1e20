package io.tieout.server.reconciliation;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a reconciliation runs by itself: five fields of cron, read on the clocks of a time zone.
///
/// Where clocks go forward, a time that they skip comes at the moment of the change. Where they go
/// back, a time of day comes once, at its first occurrence; what comes every so many minutes or
/// every hour comes in both.
public final class Timetable {
    private static final List<String> FIELDS =
            List.of("minute", "hour", "day of the month", "month", "day of the week");
    private static final int LONGEST = 200;

    /// Changes of clocks that are looked at, at most: two a year.
    private static final int MOST_CHANGES = 1_000;

    private final ZoneId zone;
    private final CronSchedule onClocks;
    private final CronSchedule onPlainClocks;

    private Timetable(String cron, ZoneId zone) {
        this.zone = zone;
        onClocks = new CronSchedule(cron, zone, CronStyle.UNIX);
        onPlainClocks = new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX);
    }

    /// Why a schedule cannot be taken.
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean ofZone;

        Unusable(boolean ofZone, String problem) {
            super(problem, null, false, false);
            this.ofZone = ofZone;
        }

        /// Whether it is the time zone that is wrong.
        public boolean isOfZone() {
            return ofZone;
        }

        /// What is wrong and what would be right.
        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /// A timetable.
    ///
    /// @param cron minute, hour, day of the month, month, day of the week
    /// @param timeZone a name of the IANA database, such as `Europe/Berlin`
    /// @throws Unusable where it is none
    public static Timetable of(String cron, String timeZone) throws Unusable {
        ZoneId zone = zone(timeZone);
        if (cron.length() > LONGEST) {
            throw new Unusable(
                    false, "has " + cron.length() + " characters; allowed are " + LONGEST);
        }
        String[] fields = cron.strip().split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw new Unusable(
                    false,
                    "has "
                            + fields.length
                            + " fields; it has 5: "
                            + String.join(", ", FIELDS)
                            + ", such as `30 6 * * 1-5`");
        }
        String joined = String.join(" ", fields);
        if (!isUnderstood(joined)) {
            throw new Unusable(false, wrongFields(fields));
        }
        Timetable timetable = new Timetable(joined, zone);
        if (timetable.next(Instant.EPOCH).isEmpty()) {
            throw new Unusable(false, "names a day that no calendar has");
        }
        return timetable;
    }

    private static ZoneId zone(String timeZone) throws Unusable {
        try {
            ZoneId zone = ZoneId.of(timeZone);
            if (ZoneId.getAvailableZoneIds().contains(zone.getId())) {
                return zone;
            }
        } catch (DateTimeException _) {
            // Told below, as for an offset, which has no summer time.
        }
        throw new Unusable(true, "is no time zone; name one such as `Europe/Berlin` or `UTC`");
    }

    private static boolean isUnderstood(String cron) {
        try {
            new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX)
                    .getInitialExecutionTime(Instant.EPOCH);
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static String wrongFields(String[] fields) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            List<String> alone = new ArrayList<>(Collections.nCopies(fields.length, "*"));
            alone.set(i, fields[i]);
            if (!isUnderstood(String.join(" ", alone))) {
                wrong.add(FIELDS.get(i));
            }
        }
        return "is not understood in its "
                + (wrong.isEmpty() ? "fields" : String.join(" and ", wrong))
                + "; a field is `*`, a number, a range `1-5`, a list `1,15`, or a step `*/10`";
    }

    /// The first moment after another; empty where there is none.
    public Optional<Instant> next(Instant after) {
        Instant next = onClocks.getInitialExecutionTime(after);
        @Nullable Instant skipped = skipped(after, next);
        if (skipped != null) {
            return Optional.of(skipped);
        }
        return next.equals(Schedule.NEVER) ? Optional.empty() : Optional.of(next);
    }

    /// The first moment in between at which clocks skip a time of this timetable, or null.
    private @Nullable Instant skipped(Instant after, Instant before) {
        Instant at = after;
        for (int i = 0; i < MOST_CHANGES; i++) {
            @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(at);
            if (change == null || !change.getInstant().isBefore(before)) {
                return null;
            }
            if (change.isGap() && comesWithin(change)) {
                return change.getInstant();
            }
            at = change.getInstant();
        }
        return null;
    }

    private boolean comesWithin(ZoneOffsetTransition gap) {
        Instant from = gap.getDateTimeBefore().toInstant(ZoneOffset.UTC);
        Instant to = gap.getDateTimeAfter().toInstant(ZoneOffset.UTC);
        return onPlainClocks.getInitialExecutionTime(from.minusSeconds(1)).isBefore(to);
    }
}
