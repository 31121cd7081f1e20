package io.tieout.formats.source;

import java.math.BigDecimal;

/// The sum of one amount field in one currency over the rejected rows in which that amount could be
/// read.
///
/// @param field the plan's field
/// @param currency ISO 4217 code, `XXX` where none is known
/// @param total exact
public record RejectedTotal(String field, String currency, BigDecimal total) {}
