package com.wasmcloud.wasmbus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.RpcException;
import com.wasmcloud.contract.rpc.RpcException.Code;
import com.wasmcloud.nats.NatsConnection;
import com.wasmcloud.nkeys.Ed25519;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyText;
import com.wasmcloud.provider.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the signed token of an invocation says: who vouches for the call ({@code issuer}), from where to where it goes, and
 * the hash that ties the token to its argument. The token is a JWT with {@code alg} {@code Ed25519}, in base64url without
 * padding.
 *
 * <p>An immutable value; signing and verifying are thread-safe.
 *
 * @param hash upper-case hexadecimal SHA-256, see {@link #hash}
 */
public record Claims(String issuer, String targetUrl, String originUrl, String hash) {
    private static final String HEADER_JSON = "{\"typ\":\"jwt\",\"alg\":\"Ed25519\"}";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String HEADER = ENCODER.encodeToString(HEADER_JSON.getBytes(StandardCharsets.UTF_8));
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Claims::sha256);

    /**
     * The hash over a call: both URLs, the operation, and the whole argument as it was before chunking.
     *
     * @param targetUrl ends in a slash and the operation, which is hashed again after it
     */
    public static String hash(String originUrl, String targetUrl, String operation, Bytes argument) {
        MessageDigest digest = SHA_256.get();
        digest.update(originUrl.getBytes(StandardCharsets.UTF_8));
        digest.update(targetUrl.getBytes(StandardCharsets.UTF_8));
        digest.update(operation.getBytes(StandardCharsets.UTF_8));
        digest.update(argument.array(), argument.offset(), argument.size());
        return HEX.formatHex(digest.digest());
    }

    /**
     * Signs a token.
     *
     * @param invocationId becomes the subject of the token
     * @param issuedAt seconds since 1970
     */
    public static String sign(
            KeyPair issuer, String invocationId, String targetUrl, String originUrl, String hash, long issuedAt) {
        return sign(
                issuer,
                json(
                        issuer.publicKey(),
                        invocationId,
                        targetUrl,
                        originUrl,
                        hash,
                        issuedAt,
                        NatsConnection.uniqueId()));
    }

    /** A token about claims that are JSON already; for forgers in tests, and for claims of other kinds. */
    public static String sign(KeyPair issuer, byte[] claimsJson) {
        String signed = HEADER + "." + ENCODER.encodeToString(claimsJson);
        byte[] signature = issuer.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + ENCODER.encodeToString(signature);
    }

    static byte[] json(
            String issuer,
            String invocationId,
            String targetUrl,
            String originUrl,
            String hash,
            long issuedAt,
            String tokenId) {
        // by hand, for this is done in every call that is made
        StringBuilder json = new StringBuilder(640);
        text(json.append("{\"jti\":"), tokenId);
        json.append(",\"iat\":").append(issuedAt);
        text(json.append(",\"iss\":"), issuer);
        text(json.append(",\"sub\":"), invocationId);
        text(json.append(",\"wascap\":{\"target_url\":"), targetUrl);
        text(json.append(",\"origin_url\":"), originUrl);
        text(json.append(",\"hash\":"), hash);
        return json.append("},\"wascap_revision\":3}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void text(StringBuilder json, String value) {
        JsonStringEncoder.getInstance().quoteAsString(value, json.append('"'));
        json.append('"');
    }

    /**
     * Verifies a token: its form, algorithm, time and signature. Whether the issuer is trusted, and whether the claims fit
     * the call, is for the caller to decide.
     *
     * @param now seconds since 1970
     * @throws RpcException with code REFUSED and the text that the reference provider has for the case
     */
    public static Claims verify(String token, long now) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            long segments = token.chars().filter(c -> c == '.').count() + 1;
            throw refused("JWT error: invalid token format, expected 3 segments, found " + segments);
        }
        checkHeader(token.substring(0, first));
        Token read = Token.read(decoded(token.substring(first + 1, second)));
        byte[] signature = decoded(token.substring(second + 1));
        byte[] issuerKey = issuerKey(read.issuer);
        if (read.subject.isEmpty()) {
            throw refused("Invalid JWT. WASCAP requires a sub claim to be present");
        }
        if (read.expires < now) {
            throw refused("Invocation claims token expired");
        }
        byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        if (!Ed25519.fastest().verify(issuerKey, signed, signature)) {
            throw refused("Invocation claims signature invalid");
        }
        if (read.notBefore > now) {
            throw refused("Attempt to use invocation before claims token allows");
        }
        if (read.wascap == null) {
            throw refused("No wascap metadata found on claims");
        }
        return new Claims(read.issuer, read.wascap.targetUrl, read.wascap.originUrl, read.wascap.hash);
    }

    private static void checkHeader(String header) {
        if (header.equals(HEADER)) {
            return;
        }
        String algorithm = "";
        String type = "";
        try (JsonParser parser = Json.FACTORY.createParser(decoded(header))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals("alg")) {
                    algorithm = parser.getValueAsString("");
                } else if (key.equals("typ")) {
                    type = parser.getValueAsString("");
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw refused("Serialization error: the header of the token is not valid JSON");
        }
        if (!algorithm.equals("Ed25519")) {
            throw refused("Invalid JWT algorithm. WASCAP only supports Ed25519");
        }
        if (!type.equals("jwt")) {
            throw refused("JWT error: Invalid header");
        }
    }

    private static byte[] issuerKey(String issuer) {
        if (issuer.isEmpty()) {
            throw refused("Invalid JWT. WASCAP requires an issuer claim to be present");
        }
        try {
            return KeyText.publicBytes(issuer);
        } catch (IllegalArgumentException e) {
            throw refused("Encryption error: the issuer of the token is not a key: " + e.getMessage());
        }
    }

    private static byte[] decoded(String segment) {
        try {
            return DECODER.decode(segment);
        } catch (IllegalArgumentException e) {
            throw refused("Decode error: a segment of the token is not base64url");
        }
    }

    private static RpcException refused(String text) {
        return RpcException.of(Code.REFUSED, text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The claims as they stand in a token that is not verified yet. */
    private static final class Token {
        private String issuer = "";
        private String subject = "";
        private long expires = Long.MAX_VALUE;
        private long notBefore = Long.MIN_VALUE;
        private @Nullable Claims wascap;

        static Token read(byte[] json) {
            Token token = new Token();
            try (JsonParser parser = Json.FACTORY.createParser(json)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw refused("Serialization error: the claims are not a JSON object");
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    switch (key) {
                        case "iss" -> token.issuer = text(parser);
                        case "sub" -> token.subject = text(parser);
                        case "exp" -> token.expires = seconds(parser, token.expires);
                        case "nbf" -> token.notBefore = seconds(parser, token.notBefore);
                        case "wascap" -> token.wascap = wascap(parser);
                        default -> parser.skipChildren();
                    }
                }
            } catch (IOException e) {
                throw refused("Serialization error: the claims are not valid JSON");
            }
            return token;
        }

        private static @Nullable Claims wascap(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            String targetUrl = "";
            String originUrl = "";
            String hash = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "target_url" -> targetUrl = text(parser);
                    case "origin_url" -> originUrl = text(parser);
                    case "hash" -> hash = text(parser);
                    default -> parser.skipChildren();
                }
            }
            return new Claims("", targetUrl, originUrl, hash);
        }

        private static String text(JsonParser parser) throws IOException {
            String text = parser.getValueAsString("");
            parser.skipChildren();
            return text;
        }

        private static long seconds(JsonParser parser, long none) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return none;
            }
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw refused("Serialization error: exp and nbf of the claims must be whole numbers");
            }
            return parser.getLongValue();
        }
    }
}
