package io.tieout.server.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many items a list in a request may have. One without this has at most 200.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Items {
    /// Fewest items.
    int min() default 0;

    /// Most items.
    int max() default 200;
}
