/// Who calls: passwords, sessions, tokens, users, and the gate that lets calls in.
@NullMarked
package io.tieout.server.access;

import org.jspecify.annotations.NullMarked;
