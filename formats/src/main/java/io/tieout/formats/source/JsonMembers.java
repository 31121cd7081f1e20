package io.tieout.formats.source;

/// Which members of JSON objects are taken, and into which slots. For one thread.
interface JsonMembers {
    /// The member has no slot: nobody wants it.
    int UNUSED = Layout.UNUSED;

    /// The member cannot be named: its line is rejected.
    int REFUSED = -2;

    /// The slot of a member that holds a text, number, truth value, null or array; or [#UNUSED] or
    /// [#REFUSED].
    ///
    /// @param path its name, behind those of the objects it is in
    int slot(String path);

    /// The slot of a member that holds an object; or [#UNUSED] or [#REFUSED].
    ///
    /// @param path its name, behind those of the objects it is in
    int objectSlot(String path);

    /// Whether a slot may hold an object or array. Where it may not, the line is rejected.
    boolean keepsNested();

    /// Hears that a slot was given a value, which may be null.
    void seen(int slot);
}
