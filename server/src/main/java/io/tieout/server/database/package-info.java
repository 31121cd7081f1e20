/// PostgreSQL, our own or the user's: how it is started, brought to the schema of this program, and
/// worked with. `Database` is the entry: a body of statements runs as one of three roles in a
/// transaction, and which rows it sees is decided by the database, not by the statement.
@NullMarked
package io.tieout.server.database;

import org.jspecify.annotations.NullMarked;
