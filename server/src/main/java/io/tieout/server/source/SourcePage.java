package io.tieout.server.source;

import java.util.List;
import java.util.Optional;

/// A page of data sources, newest first.
record SourcePage(List<SourceView> items, Optional<String> nextCursor) {}
