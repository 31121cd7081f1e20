/// Projects, who is a member of them, and the machines that work in them.
@NullMarked
package io.tieout.server.project;

import org.jspecify.annotations.NullMarked;
