package com.wasmcloud.blobstore.s3;

/** What XML 1.0 can hold, which is less than the names of objects can. */
final class XmlText {
    private XmlText() {}

    /** Whether text comes out of a document as it went in; a carriage return would come out as a line feed. */
    static boolean canHold(String text) {
        return text.codePoints().allMatch(XmlText::canHold);
    }

    private static boolean canHold(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }
}
