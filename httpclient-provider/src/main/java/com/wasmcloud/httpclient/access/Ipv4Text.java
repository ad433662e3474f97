package com.wasmcloud.httpclient.access;

/** IPv4 addresses in all the forms that C libraries and browsers take: {@code 127.1}, {@code 0x7f000001}, {@code 017700000001}. */
final class Ipv4Text {
    private static final int PARTS = 4;
    private static final long BEYOND_32_BITS = 1L << 32;

    private Ipv4Text() {}

    /** Whether a host is an address, or a broken one, and no name: its last part is a number. */
    static boolean isMeantByName(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.matches("\\d+|0[xX][0-9a-fA-F]*");
    }

    /**
     * The four bytes.
     *
     * @throws IllegalArgumentException when it is broken
     */
    static byte[] parse(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > PARTS) {
            throw invalid();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            int bits = i < parts.length - 1 ? 8 : 8 * (PARTS - i);
            if (number >= 1L << bits) {
                throw invalid();
            }
            address = (address << bits) | number;
        }
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }

    private static long number(String part) {
        boolean hexadecimal = part.startsWith("0x") || part.startsWith("0X");
        boolean octal = !hexadecimal && part.length() > 1 && part.startsWith("0");
        String digits = hexadecimal ? part.substring(2) : part;
        try {
            long number =
                    hexadecimal && digits.isEmpty() ? 0 : Long.parseLong(digits, hexadecimal ? 16 : octal ? 8 : 10);
            if (number >= 0 && number < BEYOND_32_BITS && digits.indexOf('+') < 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid();
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("its host is not a valid IPv4 address");
    }
}
