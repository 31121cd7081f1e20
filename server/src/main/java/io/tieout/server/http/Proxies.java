package io.tieout.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The proxies whose word is taken for where a call comes from. Anybody can write an
/// `X-Forwarded-For`, so it is read from its end, where the nearest proxy has written, and no
/// further than to the first address that is not a proxy's own.
///
/// @param networks none: the header means nothing
public record Proxies(List<Network> networks) {
    /// There are none.
    public static final Proxies NONE = new Proxies(List.of());

    public Proxies {
        networks = List.copyOf(networks);
    }

    /// Addresses that begin with the same bits.
    ///
    /// @param bits how many
    public record Network(InetAddress address, int bits) {
        boolean has(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += Byte.SIZE) {
                int mask = bits - bit >= Byte.SIZE ? 0xFF : 0xFF << (Byte.SIZE - (bits - bit));
                if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Addresses and networks, as in `10.0.0.0/8, 127.0.0.1, fd00::/8`.
    ///
    /// @throws IllegalArgumentException where one is none; the message says which
    public static Proxies parse(String text) {
        List<Network> networks = new ArrayList<>();
        for (String one : text.split("[,\\s]+", -1)) {
            if (!one.isEmpty()) {
                networks.add(network(one));
            }
        }
        return new Proxies(networks);
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isPresent()) {
            int all = address.get().getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : bits(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(address.get(), bits);
            }
        }
        throw new IllegalArgumentException(text + " is no address and no network");
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    // Never a name: looking one up would be a call to somewhere else.
    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Where a call comes from.
    ///
    /// @param peer the other end of the connection
    /// @param forwardedFor the header
    /// @return an address in its usual form
    String origin(InetAddress peer, Optional<String> forwardedFor) {
        InetAddress origin = peer;
        List<String> hops = List.of(forwardedFor.orElse("").split(",", -1));
        for (int hop = hops.size() - 1; hop >= 0 && isTrusted(origin); hop--) {
            Optional<InetAddress> before = literal(hops.get(hop).strip());
            if (before.isEmpty()) {
                break;
            }
            origin = before.get();
        }
        return origin.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.has(address));
    }
}
