/// The platform: projects, data sources, reconciliations, jobs and results over HTTP, kept in
/// PostgreSQL. One package a feature; `Server` puts them together.
@NullMarked
package io.tieout.server;

import org.jspecify.annotations.NullMarked;
