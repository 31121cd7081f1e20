package io.tieout.server.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Limits of a text in a request. A text without this has from 1 to 200 characters.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {
    /// Fewest characters.
    int min() default 1;

    /// Most characters.
    int max() default 200;

    /// What the whole of it must match; empty for anything without control characters.
    String pattern() default "";

    /// Whether line breaks and tabs may be in it.
    boolean lines() default false;
}
