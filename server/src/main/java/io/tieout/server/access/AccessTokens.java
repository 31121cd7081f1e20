package io.tieout.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Issues and verifies access tokens: JWTs that say which session of which user they are of, and
/// nothing that could go stale. What the user may do is asked of the database at each request.
final class AccessTokens {
    static final Duration LIFE = Duration.ofMinutes(15);
    static final String ISSUER = "tieout";
    static final String AUDIENCE = "tieout-api";
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String SESSION = "sid";
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final int LONGEST = 2_000;

    private final SigningKeys keys;
    private final InstantSource clock;
    private final DefaultJWTProcessor<SecurityContext> processor;

    AccessTokens(SigningKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        this.processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector((header, _) -> keysFor(header));
        processor.setJWTClaimsSetVerifier(new Claims(clock));
    }

    /// What a valid token says.
    record Verified(UUID userId, UUID sessionId) {}

    /// A token for a session, valid from now on for [#LIFE].
    String issue(UUID userId, UUID sessionId) {
        SigningKey key = keys.ring().current();
        Instant now = clock.instant();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject(userId.toString())
                        .claim(SESSION, sessionId.toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFE)))
                        .build();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).keyID(key.id()).build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
        return token.serialize();
    }

    /// What a token says, where everything about it is right; empty without a reason otherwise,
    /// since the reason would help only those who forge.
    Optional<Verified> verify(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            // Refuses unsigned and encrypted tokens, and those with extensions marked critical.
            JWTClaimsSet claims = processor.process(token, null);
            return Optional.of(
                    new Verified(
                            UUID.fromString(claims.getSubject()),
                            UUID.fromString(claims.getStringClaim(SESSION))));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private List<Key> keysFor(JWSHeader header) {
        // The only algorithm there is here, whatever the token would like to be checked by.
        String id = header.getKeyID();
        if (!JWSAlgorithm.HS256.equals(header.getAlgorithm()) || id == null) {
            return List.of();
        }
        return keys.ring()
                .find(id)
                .or(() -> keys.reread().find(id))
                .<List<Key>>map(key -> List.of(new SecretKeySpec(key.secret(), "HmacSHA256")))
                .orElse(List.of());
    }

    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        Claims(InstantSource clock) {
            super(
                    AUDIENCE,
                    new JWTClaimsSet.Builder().issuer(ISSUER).build(),
                    Set.of("sub", SESSION, "exp", "nbf", "iat"));
            setMaxClockSkew((int) SKEW.toSeconds());
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
                throws BadJWTException {
            super.verify(claims, context);
            if (claims.getIssueTime().toInstant().isAfter(clock.instant().plus(SKEW))) {
                throw new BadJWTException("issued in the future");
            }
        }
    }
}
