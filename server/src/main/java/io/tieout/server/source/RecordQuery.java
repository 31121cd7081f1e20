package io.tieout.server.source;

import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import java.util.Optional;

/// Which records are read.
record RecordQuery(
        @Whole(min = 1, max = 200) Optional<Integer> limit,
        @Text(max = 4000) Optional<String> cursor,
        @Says("only the record of this row, counted from 1") @Whole(min = 1) Optional<Integer> row,
        @Says("only records with this key, where the upload said which column is the key")
                @Text(max = 1000)
                Optional<String> key) {}
