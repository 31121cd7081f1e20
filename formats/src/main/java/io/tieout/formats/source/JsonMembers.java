package io.tieout.formats.source;

/// Which members of JSON objects are taken, and into which slots. For one thread.
interface JsonMembers {
    /// The member has no slot: nobody wants it.
    int UNUSED = Layout.UNUSED;

    /// The slot of a member that holds a text, number, truth value, null or array, or [#UNUSED].
    ///
    /// @param path its name, behind those of the objects it is in
    int slot(String path);

    /// The slot of a member that holds an object, or [#UNUSED].
    ///
    /// @param path its name, behind those of the objects it is in
    int objectSlot(String path);

    /// Hears that a slot was given a value, which may be null.
    void seen(int slot);
}
