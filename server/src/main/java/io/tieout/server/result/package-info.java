/// Results: the matches and breaks of a job, stored, found, explained, counted and exported.
@NullMarked
package io.tieout.server.result;

import org.jspecify.annotations.NullMarked;
