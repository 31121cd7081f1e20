package io.tieout.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What the server is told by its environment and command line. Values are checked here, once;
/// secrets are in no message.
///
/// @param home where it keeps what is not in a database of its own: the embedded database, keys,
/// uploads that are being loaded
/// @param host the address it listens on
/// @param port the port it listens on; 0 for any that is free
/// @param databaseUrl the database; empty for the embedded one
/// @param poolSize how many connections it holds to it
/// @param production whether shortcuts for trying out are refused
/// @param stopGrace how long it waits for calls and jobs before it stops
/// @param environment what else is read by features, by the names of the variables
public record Configuration(
        Path home,
        String host,
        int port,
        Optional<String> databaseUrl,
        int poolSize,
        boolean production,
        Duration stopGrace,
        Map<String, String> environment) {
    private static final int USUAL_PORT = 2000;
    private static final int USUAL_POOL = 16;

    public Configuration {
        environment = Map.copyOf(environment);
        if (port < 0 || port > 65_535) {
            throw new ConfigurationException("port", "is " + port + "; a port is 0 to 65535");
        }
        if (poolSize < 4 || poolSize > 500) {
            throw new ConfigurationException(
                    "TIEOUT_DATABASE_POOL", "is " + poolSize + "; it is 4 to 500");
        }
    }

    /// What the environment says.
    ///
    /// @throws ConfigurationException where a variable cannot be taken
    public static Configuration of(Map<String, String> environment) {
        return new Configuration(
                Path.of(
                                value(environment, "TIEOUT_HOME")
                                        .orElse(System.getProperty("user.home") + "/.tieout"))
                        .toAbsolutePath()
                        .normalize(),
                value(environment, "TIEOUT_HOST").orElse("127.0.0.1"),
                number(environment, "TIEOUT_PORT", USUAL_PORT),
                value(environment, "DATABASE_URL"),
                number(environment, "TIEOUT_DATABASE_POOL", USUAL_POOL),
                isProduction(environment),
                Duration.ofSeconds(number(environment, "TIEOUT_STOP_SECONDS", 10)),
                environment);
    }

    private static boolean isProduction(Map<String, String> environment) {
        String stage = value(environment, "TIEOUT_ENV").orElse("development");
        return switch (stage) {
            case "production" -> true;
            case "development" -> false;
            default ->
                    throw new ConfigurationException(
                            "TIEOUT_ENV", "is neither `production` nor `development`");
        };
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static int number(Map<String, String> environment, String name, int usual) {
        try {
            return value(environment, name).map(Integer::parseInt).orElse(usual);
        } catch (NumberFormatException _) {
            throw new ConfigurationException(name, "is not a whole number");
        }
    }

    /// A whole number that a variable of the environment says.
    ///
    /// @param usual where it is not set
    /// @throws ConfigurationException where it is none, or lies beyond the limits
    public int number(String name, int usual, int least, int most) {
        int number = number(environment, name, usual);
        if (number < least || number > most) {
            throw new ConfigurationException(
                    name, "is " + number + "; it is " + least + " to " + most);
        }
        return number;
    }

    /// A variable of the environment that is set to something.
    public Optional<String> variable(String name) {
        return value(environment, name);
    }

    /// The same with another home.
    public Configuration withHome(Path other) {
        return new Configuration(
                other, host, port, databaseUrl, poolSize, production, stopGrace, environment);
    }

    /// The same with another address.
    public Configuration withAddress(String otherHost, int otherPort) {
        return new Configuration(
                home,
                otherHost,
                otherPort,
                databaseUrl,
                poolSize,
                production,
                stopGrace,
                environment);
    }

    /// Names no values: they may be secrets.
    @Override
    public String toString() {
        return "Configuration[home=" + home + ", host=" + host + ", port=" + port + "]";
    }
}
