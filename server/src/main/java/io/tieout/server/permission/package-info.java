/// Who may do what: roles in a project, the permissions they give, and what a route requires.
@NullMarked
package io.tieout.server.permission;

import org.jspecify.annotations.NullMarked;
