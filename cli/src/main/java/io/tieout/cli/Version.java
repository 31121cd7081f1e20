package io.tieout.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which version this is, as the build wrote it down.
final class Version implements IVersionProvider {
    Version() {}

    /// The version of the program and its engine: they are built as one.
    static String engine() {
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tieout " + engine() + " (Java " + Runtime.version().feature() + ")"};
    }
}
