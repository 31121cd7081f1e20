/// Decisions: what reviewers do with results, alone or with a second pair of eyes, and undo.
@NullMarked
package io.tieout.server.decision;

import org.jspecify.annotations.NullMarked;
