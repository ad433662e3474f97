package com.wasmcloud.nkeys;

import java.util.Arrays;

/**
 * The text form of keys: base32 without padding over a type, 32 bytes of key and a CRC-16/XMODEM, low byte first.
 * A seed has two type bytes, the marker {@code 0x90} sharing the first with the top of the key's own type.
 */
public final class KeyText {
    static final int KEY_SIZE = 32;
    private static final int SEED_MARK = 0x90;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private KeyText() {}

    static String ofPublic(KeyRole role, byte[] key) {
        byte[] raw = new byte[1 + KEY_SIZE + 2];
        raw[0] = (byte) role.prefix;
        System.arraycopy(key, 0, raw, 1, KEY_SIZE);
        return sealed(raw);
    }

    static String ofSeed(KeyRole role, byte[] seed) {
        byte[] raw = new byte[2 + KEY_SIZE + 2];
        raw[0] = (byte) (SEED_MARK | (role.prefix >> 5));
        raw[1] = (byte) ((role.prefix & 31) << 3);
        System.arraycopy(seed, 0, raw, 2, KEY_SIZE);
        return sealed(raw);
    }

    /**
     * The 32 bytes of a public key of any type.
     *
     * @throws IllegalArgumentException when the text is no public key; the reason does not quote it
     */
    public static byte[] publicBytes(String text) {
        byte[] raw = opened(text, 1 + KEY_SIZE + 2);
        KeyRole.of(raw[0] & 0xff);
        return Arrays.copyOfRange(raw, 1, 1 + KEY_SIZE);
    }

    static KeyRole seedRole(String text) {
        byte[] raw = opened(text, 2 + KEY_SIZE + 2);
        if ((raw[0] & 0xf8) != SEED_MARK) {
            throw new IllegalArgumentException("it is not a seed");
        }
        return KeyRole.of(((raw[0] & 7) << 5) | ((raw[1] & 0xff) >> 3));
    }

    static byte[] seedBytes(String text) {
        return Arrays.copyOfRange(opened(text, 2 + KEY_SIZE + 2), 2, 2 + KEY_SIZE);
    }

    private static String sealed(byte[] raw) {
        int crc = crc(raw, raw.length - 2);
        raw[raw.length - 2] = (byte) crc;
        raw[raw.length - 1] = (byte) (crc >> 8);
        StringBuilder text = new StringBuilder((raw.length * 8 + 4) / 5);
        int bits = 0;
        int held = 0;
        for (byte b : raw) {
            held = (held << 8) | (b & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(ALPHABET.charAt((held >> (bits - 5)) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((held << (5 - bits)) & 31));
        }
        return text.toString();
    }

    private static byte[] opened(String text, int size) {
        if (text.length() != (size * 8 + 4) / 5) {
            throw new IllegalArgumentException("it does not have the length of a key");
        }
        byte[] raw = new byte[size];
        int at = 0;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("it has a character that no key has");
            }
            held = (held << 5) | digit;
            bits += 5;
            if (bits >= 8 && at < size) {
                bits -= 8;
                raw[at++] = (byte) (held >> bits);
            }
        }
        int crc = (raw[size - 2] & 0xff) | ((raw[size - 1] & 0xff) << 8);
        if (crc != crc(raw, size - 2)) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        return raw;
    }

    private static int crc(byte[] data, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= (data[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }
        return crc & 0xffff;
    }
}
