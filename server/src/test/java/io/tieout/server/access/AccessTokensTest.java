package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tieout.server.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AccessTokensTest {
    private static final UUID USER = UUID.randomUUID();
    private static final UUID SESSION = UUID.randomUUID();
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final SettableClock CLOCK = new SettableClock();
    private static final ConfiguredKeys KEYS = new ConfiguredKeys(SECRET, Optional.empty());
    private static final String KID = KEYS.ring().current().id();
    private static final Instant NOW = SettableClock.START;

    private final AccessTokens tokens = new AccessTokens(KEYS, CLOCK);

    @Test
    void whatIsIssuedVerifiesAndSaysWhose() {
        assertThat(tokens.verify(tokens.issue(USER, SESSION)))
                .contains(new AccessTokens.Verified(USER, SESSION));
    }

    @Test
    void theForgersTableBeginsWithATokenThatIsRight() throws JOSEException {
        assertThat(tokens.verify(forged(c -> c, h -> h))).isPresent();
    }

    @Test
    void itEndsAfter15MinutesAndALittle() {
        SettableClock clock = new SettableClock();
        AccessTokens timed = new AccessTokens(KEYS, clock);
        String token = timed.issue(USER, SESSION);
        clock.advance(Duration.ofMinutes(15).plusSeconds(9));
        assertThat(timed.verify(token)).isPresent();
        clock.advance(Duration.ofSeconds(2));
        assertThat(timed.verify(token)).isEmpty();
    }

    private static JWTClaimsSet.Builder rightClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("tieout")
                .audience("tieout-api")
                .subject(USER.toString())
                .claim("sid", SESSION.toString())
                .issueTime(Date.from(NOW))
                .notBeforeTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(900)));
    }

    private static JWSHeader.Builder rightHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(KID);
    }

    private static String forged(
            UnaryOperator<JWTClaimsSet.Builder> claims, UnaryOperator<JWSHeader.Builder> header)
            throws JOSEException {
        return signed(header.apply(rightHeader()).build(), claims.apply(rightClaims()), SECRET);
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, String secret)
            throws JOSEException {
        return signed(header, claims, new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    static Set<Map.Entry<String, String>> forgeries()
            throws JOSEException, GeneralSecurityException {
        Map<String, String> forgeries = new LinkedHashMap<>();
        forgeries.put("another issuer", forged(c -> c.issuer("other"), h -> h));
        forgeries.put("no issuer", forged(c -> c.issuer(null), h -> h));
        forgeries.put("another audience", forged(c -> c.audience("other"), h -> h));
        forgeries.put("no audience", forged(c -> c.audience((String) null), h -> h));
        forgeries.put("no subject", forged(c -> c.subject(null), h -> h));
        forgeries.put("a subject that is no id", forged(c -> c.subject("me"), h -> h));
        forgeries.put("no session", forged(c -> c.claim("sid", null), h -> h));
        forgeries.put("a session that is a number", forged(c -> c.claim("sid", 1), h -> h));
        forgeries.put("no end", forged(c -> c.expirationTime(null), h -> h));
        forgeries.put("over", forged(c -> c.expirationTime(at(-11)), h -> h));
        forgeries.put("no begin", forged(c -> c.notBeforeTime(null), h -> h));
        forgeries.put("not yet", forged(c -> c.notBeforeTime(at(11)), h -> h));
        forgeries.put("never issued", forged(c -> c.issueTime(null), h -> h));
        forgeries.put("issued in the future", forged(c -> c.issueTime(at(11)), h -> h));
        forgeries.put("type JWT", forged(c -> c, h -> h.type(JOSEObjectType.JWT)));
        forgeries.put("no type", forged(c -> c, h -> h.type(null)));
        forgeries.put("an unknown key", forged(c -> c, h -> h.keyID("0000000000000000")));
        forgeries.put("no key", forged(c -> c, h -> h.keyID(null)));
        forgeries.put(
                "a critical extension",
                forged(c -> c, h -> h.criticalParams(Set.of("exp")).customParam("exp", 1)));
        forgeries.put("another secret", signed(rightHeader().build(), rightClaims(), SECRET + "x"));
        forgeries.put(
                "too long",
                signed(
                        rightHeader().build(),
                        rightClaims().claim("more", "x".repeat(2_000)),
                        SECRET));
        forgeries.put(
                "HS384",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS384)
                                .type(AccessTokens.TYPE)
                                .keyID(KID)
                                .build(),
                        rightClaims(),
                        SECRET));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        forgeries.put(
                "RS256",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(AccessTokens.TYPE)
                                .keyID(KID)
                                .build(),
                        rightClaims(),
                        new RSASSASigner(rsa.generateKeyPair().getPrivate())));
        forgeries.put("unsigned", new PlainJWT(rightClaims().build()).serialize());
        forgeries.putAll(damaged(forged(c -> c, h -> h)));
        return forgeries.entrySet();
    }

    private static Map<String, String> damaged(String right) {
        Map<String, String> damaged = new LinkedHashMap<>();
        String[] parts = right.split("\\.", -1);
        String none = encode("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + KID + "\"}");
        damaged.put("alg none, no signature", none + "." + parts[1] + ".");
        damaged.put("alg none, old signature", none + "." + parts[1] + "." + parts[2]);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = claims.replace(USER.toString(), UUID.randomUUID().toString());
        damaged.put("another subject", parts[0] + "." + encode(other) + "." + parts[2]);
        damaged.put("no signature", parts[0] + "." + parts[1] + ".");
        damaged.put("half a signature", right.substring(0, right.length() - 20));
        damaged.put("two parts", parts[0] + "." + parts[1]);
        damaged.put("four parts", right + ".x");
        damaged.put("no JSON", "x.y.z");
        damaged.put("nothing", "");
        damaged.put("much after its end", right + "a".repeat(5_000));
        damaged.put("dots", "..");
        return damaged;
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void nothingElseVerifies(Map.Entry<String, String> forgery) {
        assertThat(tokens.verify(forgery.getValue())).as(forgery.getKey()).isEmpty();
    }
}
