package io.tieout.server.decision;

/// Why a break is written off.
enum ReasonCode {
    BANK_FEE,
    ROUNDING,
    EXCHANGE_RATE,
    TIMING,
    DUPLICATE,
    BOOKING_ERROR,
    IMMATERIAL,
    OTHER
}
