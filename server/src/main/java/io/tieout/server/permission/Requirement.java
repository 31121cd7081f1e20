package io.tieout.server.permission;

/// What a route requires of who calls it. A route without one cannot be registered.
public sealed interface Requirement {
    /// Nothing: signing in, health, documentation.
    record Anyone() implements Requirement {}

    /// A user or machine that is known and not disabled.
    record SignedIn() implements Requirement {}

    /// A person who is an administrator now.
    record Administrator() implements Requirement {}

    /// A member, whose role gives the permission, of the project in which the thing named in the
    /// path is.
    record InProject(Permission permission, Resource resource) implements Requirement {}
}
