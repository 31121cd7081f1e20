package io.tieout.server;

/// The server cannot start as it is told to.
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param setting the variable or option
    /// @param problem what is wrong with it, without its value where that may be secret
    public ConfigurationException(String setting, String problem) {
        super(setting + " " + problem);
    }
}
