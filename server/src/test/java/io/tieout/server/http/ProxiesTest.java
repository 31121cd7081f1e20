package io.tieout.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
    private static String origin(String trusted, String peer, String header) {
        return Proxies.parse(trusted)
                .origin(InetAddress.ofLiteral(peer), Optional.ofNullable(header));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    # trusted            | peer        | header                           | origin
                    ''                   | 203.0.113.7 | 198.51.100.1                     | 203.0.113.7
                    10.0.0.0/8           | 203.0.113.7 | 198.51.100.1                     | 203.0.113.7
                    10.0.0.0/8           | 10.1.2.3    | 198.51.100.1                     | 198.51.100.1
                    10.0.0.0/8           | 10.1.2.3    | -                                | 10.1.2.3
                    10.0.0.0/8           | 10.1.2.3    | 1.1.1.1, 198.51.100.1            | 198.51.100.1
                    10.0.0.0/8           | 10.1.2.3    | 198.51.100.1, 10.9.9.9           | 198.51.100.1
                    10.0.0.0/8           | 10.1.2.3    | forged.example.org, 198.51.100.1 | 198.51.100.1
                    10.0.0.0/8           | 10.1.2.3    | forged.example.org               | 10.1.2.3
                    10.0.0.0/9           | 10.200.0.1  | 198.51.100.1                     | 10.200.0.1
                    10.1.2.3 fd00::/8    | fd12::1     | 198.51.100.1, 10.1.2.3           | 198.51.100.1
                    0.0.0.0/0            | 10.1.2.3    | 2001:db8::1                      | 2001:db8:0:0:0:0:0:1
                    """,
            delimiter = '|')
    void theNearestAddressThatIsNoProxysIsWhereACallComesFrom(
            String trusted, String peer, String header, String expected) {
        assertThat(origin(trusted, peer, header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10/8x"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Proxies.parse(text)).hasMessageContaining("is no address");
    }

    @Test
    void spacesAndEmptyPartsAreLeftOut() {
        assertThat(Proxies.parse(" 10.0.0.1 ,, 10.0.0.2 ").networks()).hasSize(2);
    }
}
