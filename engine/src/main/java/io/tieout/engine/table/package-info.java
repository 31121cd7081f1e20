/// Columnar records: one array a column, rows by index, no object a record.
@NullMarked
package io.tieout.engine.table;

import org.jspecify.annotations.NullMarked;
