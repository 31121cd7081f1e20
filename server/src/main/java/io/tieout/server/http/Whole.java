package io.tieout.server.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Limits of a whole number in a request; both are allowed.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Whole {
    /// The smallest.
    long min() default 0;

    /// The largest.
    long max() default Integer.MAX_VALUE;
}
