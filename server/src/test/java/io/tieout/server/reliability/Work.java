package io.tieout.server.reliability;

import io.tieout.server.ApiClient;

/// Something that a client wants done, however often the server dies under it.
interface Work {
    /// Does what is not done yet; repeats what was not answered, with the key of the first time.
    void act(ApiClient api);

    /// Whether the server has said that it was done.
    boolean isAnswered();

    /// Whether it is done, whoever knows.
    boolean hasEffect(Books books);

    /// Looks whether it was done, once.
    void check(ApiClient api, Books books, Findings findings);
}
